import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/core/db.ts'
import { UploadQueue } from '../../src/core/queue.ts'
import { MOST_WAITING, type Share, ShareGone, Shares } from '../../src/core/shares.ts'
import type { Entry } from '../../src/core/upload.ts'
import { acceptShare } from '../../src/sw/share.ts'
import { MemoryLocks } from '../core/memory-locks.ts'

const ENTRY: Entry = { id: 'entry', title: 'T', note: '', place: null, addedAt: 5 }

let db: Database
let shares: Shares
let room: { usage: number; quota: number }

beforeEach(async () => {
  room = { usage: 0, quota: 1_000_000_000 }
  const storage = { estimate: async () => room }
  vi.stubGlobal('navigator', { locks: new MemoryLocks(), storage })
  globalThis.indexedDB = new IDBFactory()
  db = await openDatabase()
  shares = new Shares(db)
})

afterEach(() => {
  vi.unstubAllGlobals()
  db.close()
})

async function post(body: BodyInit, headers: HeadersInit = {}): Promise<string | null> {
  const request = new Request('http://page/share', { method: 'POST', body, headers })
  const response = await acceptShare(request, db)
  expect(response.status).toBe(303)
  return response.headers.get('Location')
}

async function share(files: readonly File[], said: Readonly<Record<string, string>> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(said)) form.set(name, value)
  for (const file of files) form.append('files', file)
  return await post(form)
}

async function only(): Promise<Share> {
  const [first, ...others] = await shares.waiting()
  if (first === undefined || others.length > 0) throw new Error('not exactly one share')
  return first
}

describe('accepting a share', () => {
  it('keeps the files and what was said about them, and sends nothing', async () => {
    const said = { title: 'Trip', text: 'Look', url: 'http://example/trip' }
    const location = await share(
      [new File(['abc'], 'a.txt', { type: 'text/plain' }), new File(['de'], 'b')],
      said,
    )
    expect(location).toBe('http://page/?shared=1')
    const kept = await only()
    expect(kept).toMatchObject({ title: 'Trip', note: 'Look\nhttp://example/trip', arriving: false })
    expect(kept.files.map(({ name, length }) => [name, length])).toEqual([
      ['a.txt', 3],
      ['b', 2],
    ])
    expect(kept.files[0]?.type).toBe('text/plain')
    expect(await db.count('uploads')).toBe(0)
  })

  it('keeps every byte, of more than one piece too', async () => {
    const bytes = Uint8Array.from({ length: 9_000_000 }, (_, index) => (index * 7) % 251)
    await share([new File([bytes], 'large.bin'), new File(['\r\n--'], 'tricky')])
    const [large, tricky] = (await only()).files
    const read = large === undefined ? null : await shares.bytesOf(large)
    const got = new Uint8Array(await (read ?? new Blob()).arrayBuffer())
    // One by one, the matcher would take minutes.
    expect([got.length, bytes.findIndex((byte, index) => byte !== got[index])]).toEqual([9_000_000, -1])
    expect(await (tricky === undefined ? null : await shares.bytesOf(tricky))?.text()).toBe('\r\n--')
  })

  it('keeps the words of a share without files', async () => {
    expect(await share([], { text: 'only words' })).toBe('http://page/?shared=1')
    expect(await only()).toMatchObject({ note: 'only words', files: [] })
  })

  it('keeps nothing of a share of nothing', async () => {
    expect(await share([new File([], '')])).toBe('http://page/?shared=0')
    expect(await db.count('shares')).toBe(0)
  })

  it('counts files that came without bytes, and does not keep them', async () => {
    const location = await share([new File([], 'huge.mp4'), new File(['abc'], 'a.txt')])
    expect(location).toBe('http://page/?shared=1&unreadable=1')
    expect((await only()).files.map(({ name }) => name)).toEqual(['a.txt'])
  })

  it('bounds the words, and takes a name without folders and hidden characters', async () => {
    const said = { title: 'x'.repeat(100_000), text: 'y'.repeat(100_000) }
    await share([new File(['a'], '..\\..\\a\u0007"b".txt')], said)
    const { title, note, files } = await only()
    expect([title.length, note.length]).toEqual([200, 2_000])
    expect(files[0]?.name).toBe('a_"b".txt')
  })

  it('leads to the page although the request cannot be read', async () => {
    expect(await post('not a form')).toBe('http://page/?shared=0&unreadable=1')
    expect(await db.count('shares')).toBe(0)
  })

  it('keeps nothing of a form that breaks off', async () => {
    const form = '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nabc'
    const location = await post(form, { 'Content-Type': 'multipart/form-data; boundary=x' })
    expect(location).toBe('http://page/?shared=0&unreadable=1')
    expect([await db.count('shares'), await db.count('chunks')]).toEqual([0, 0])
  })

  it('takes half of the room at most, and leaves nothing behind of what is too much', async () => {
    room = { usage: 0, quota: 10_000_000 }
    const location = await share([new File([new Uint8Array(5_000_001)], 'a.bin')])
    expect(location).toBe('http://page/?shared=0&noroom=1')
    expect([await db.count('shares'), await db.count('chunks')]).toEqual([0, 0])
    expect(await share([new File([new Uint8Array(4_999_000)], 'a.bin')])).toBe('http://page/?shared=1')
  })

  it('lets only so many wait', async () => {
    for (let count = 0; count < MOST_WAITING; count++) await share([], { text: String(count) })
    expect(await share([], { text: 'one more' })).toBe('http://page/?shared=0&full=1')
    expect(await db.count('shares')).toBe(MOST_WAITING)
  })

  it('removes what a closed browser has left half received', async () => {
    const file = { id: 'f', name: 'f', type: '', length: 0, modifiedAt: 0 }
    const half = { id: 'half', arriving: true, title: '', note: '', place: null, sharedAt: 1, files: [file] }
    await shares.keep(half)
    await db.put('chunks', new ArrayBuffer(3), ['f', 0])
    await share([], { text: 'next' })
    expect([await shares.get('half'), await db.count('chunks')]).toEqual([undefined, 0])
  })
})

describe('a share that waits', () => {
  it('becomes a post, with its own bytes and those of a file chosen beside it', async () => {
    await share([new File(['abc'], 'a.txt')])
    const queue = new UploadQueue(db)
    const chosen = { file: new File(['defg'], 'b.txt'), path: 'b.txt' }
    const added = await queue.add(ENTRY, [chosen], 'http://page/files', await only())
    expect(added.map(({ name, length, storage }) => [name, length, storage])).toEqual([
      ['a.txt', 3, 'chunks'],
      ['b.txt', 4, 'blob'],
    ])
    const read = await Promise.all(added.map((upload) => queue.slice(upload, 1, 2)))
    expect(await Promise.all(read.map((blob) => blob?.text()))).toEqual(['bc', 'ef'])
    expect(await shares.waiting()).toEqual([])
  })

  it('is sent once, though two tabs show it', async () => {
    await share([new File(['abc'], 'a.txt')])
    const queue = new UploadQueue(db)
    const shown = await only()
    await queue.add(ENTRY, [], 'http://page/files', shown)
    await expect(queue.add({ ...ENTRY, id: 'again' }, [], 'http://page/files', shown)).rejects.toThrow(
      ShareGone,
    )
    expect([await db.count('uploads'), await db.count('entries')]).toEqual([1, 1])
  })

  it('is not sent after it was discarded, and its bytes are gone', async () => {
    await share([new File(['abc'], 'a.txt')])
    const shown = await only()
    await shares.discard(shown.id)
    await expect(new UploadQueue(db).add(ENTRY, [], 'http://page/files', shown)).rejects.toThrow(ShareGone)
    expect([await db.count('chunks'), await db.count('uploads')]).toEqual([0, 0])
  })

  it('keeps what was changed', async () => {
    await share([new File(['abc'], 'a.txt'), new File(['de'], 'b.txt')])
    const { id, files } = await only()
    await shares.say(id, { title: 'New', note: 'words', place: { latitude: 1, longitude: 2 } })
    if (files[0] !== undefined) await shares.removeFile(id, files[0])
    expect(await only()).toMatchObject({ title: 'New', note: 'words', files: [{ name: 'b.txt' }] })
    expect(await db.count('chunks')).toBe(1)
  })
})
