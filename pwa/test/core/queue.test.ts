import 'fake-indexeddb/auto'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/core/db.ts'
import { NoRoom, UploadQueue } from '../../src/core/queue.ts'
import type { Entry, Upload } from '../../src/core/upload.ts'

const ENTRY: Entry = { id: 'entry', title: '', note: '', place: null, addedAt: 5 }
const LENGTH = 9_000_000
const CONTENT = Uint8Array.from({ length: LENGTH }, (_, index) => (index * 7) % 251)

function file(name: string, length = LENGTH): File {
  return new File([CONTENT.subarray(0, length)], name, { lastModified: 3 })
}

describe('the queue', () => {
  let db: Database
  let queue: UploadQueue

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    db = await openDatabase()
    queue = new UploadQueue(db)
  })

  afterEach(() => {
    vi.restoreAllMocks()
    db.close()
  })

  async function add(...files: File[]): Promise<readonly Upload[]> {
    const chosen = files.map((one) => ({ file: one, path: one.name }))
    return await queue.add(ENTRY, chosen, 'http://server/files')
  }

  /** Makes the store fail for Blobs, as some browsers do. */
  function refuseBlobs(failure: () => Error): void {
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (value instanceof Blob) throw failure()
      return put.call(this, value, key)
    })
  }

  async function first(uploads: readonly Upload[]): Promise<Upload> {
    const upload = await queue.get(uploads[0]?.id ?? '')
    if (upload === undefined) throw new Error('nothing is stored')
    return upload
  }

  async function isRight(upload: Upload, offset: number, length: number): Promise<boolean> {
    const slice = await queue.slice(upload, offset, length)
    const bytes = new Uint8Array((await slice?.arrayBuffer()) ?? new ArrayBuffer(0))
    return indexedDB.cmp(bytes, CONTENT.subarray(offset, offset + length)) === 0
  }

  it('gives back any slice of a file', async () => {
    const upload = await first(await add(file('a')))
    expect(upload.storage).toBe('blob')
    expect(await isRight(upload, 4_000_000, 3_000_000)).toBe(true)
  })

  it('keeps chunks where Blobs cannot be kept, and gives back any slice of them', async () => {
    refuseBlobs(() => new DOMException('Error preparing Blob data', 'UnknownError'))
    const upload = await first(await add(file('a')))
    expect(upload.storage).toBe('chunks')
    expect(await db.count('chunks')).toBe(3)
    for (const [offset, length] of [
      [0, LENGTH],
      [4_194_303, 2],
      [8_999_999, 5],
    ] as const) {
      expect(await isRight(upload, offset, length)).toBe(true)
    }
  })

  it('keeps nothing of a post that does not fit', async () => {
    refuseBlobs(() => new DOMException('full', 'QuotaExceededError'))
    await expect(add(file('a', 10), file('b', 10))).rejects.toThrow(NoRoom)
    expect(await queue.all()).toEqual([])
    expect(await queue.entries()).toEqual([])
  })

  it('forgets the bytes in the transaction that says that the server has them', async () => {
    const upload = await first(await add(file('a')))
    await queue.apply(upload.id, { kind: 'completed', at: 9 })
    expect(await db.count('blobs')).toBe(0)
    expect((await first([upload])).storage).toBe('none')
  })

  it('finds out that bytes are missing or of another length', async () => {
    const upload = await first(await add(file('a')))
    await db.put('blobs', file('a', 10), upload.id)
    expect(await queue.slice(upload, 0, 10)).toBeNull()
    await db.delete('blobs', upload.id)
    expect(await queue.slice(upload, 0, 10)).toBeNull()
  })

  it('takes the same file again, and no other', async () => {
    const upload = await first(await add(file('a')))
    await db.delete('blobs', upload.id)
    await queue.apply(upload.id, { kind: 'file-missing' })
    expect(await queue.supply(upload.id, file('a', 10))).toBe(false)
    expect(await queue.supply(upload.id, file('b'))).toBe(false)
    expect((await first([upload])).state.kind).toBe('needs-file')
    expect(await queue.supply(upload.id, file('a'))).toBe(true)
    expect((await first([upload])).state.kind).toBe('queued')
    expect(await isRight(upload, 0, LENGTH)).toBe(true)
  })

  it('makes due what waits for a network, and not what the server put off', async () => {
    const [one, two] = await add(file('a', 1), file('b', 1))
    const later = { kind: 'hindered', until: 1_000 } as const
    await queue.apply(one?.id ?? '', { ...later, trouble: { code: 'network' } })
    await queue.apply(two?.id ?? '', { ...later, trouble: { code: 'server', status: 503 } })
    await queue.hasten(10)
    expect((await queue.due(10)).map((upload) => upload.name)).toEqual(['a'])
    expect(await queue.nextDueAt()).toBe(10)
  })

  it('applies what a person wants to many at once, and leaves the others', async () => {
    const [one, two, three] = await add(file('a', 1), file('b', 1), file('c', 1))
    await queue.apply(two?.id ?? '', { kind: 'completed', at: 1 })
    await queue.applyToAll([one?.id ?? '', two?.id ?? '', 'nobody'], { kind: 'paused' })
    const kinds = (await queue.all()).map((upload) => upload.state.kind)
    expect(kinds).toEqual(['paused', 'complete', 'queued'])
    expect(three?.state.kind).toBe('queued')
  })

  it('counts what is left to do', async () => {
    const [one, two, three] = await add(file('a', 1), file('b', 1), file('c', 1))
    await queue.apply(one?.id ?? '', { kind: 'paused' })
    await queue.apply(two?.id ?? '', { kind: 'cancelled' })
    expect(await queue.left()).toBe(2)
    await queue.apply(three?.id ?? '', { kind: 'completed', at: 1 })
    expect(await queue.left()).toBe(1)
  })

  it('forgets a post with its last upload', async () => {
    const [one, two] = await add(file('a', 1), file('b', 1))
    await queue.remove(one?.id ?? '')
    expect(await queue.entries()).toHaveLength(1)
    await queue.remove(two?.id ?? '')
    expect(await queue.entries()).toEqual([])
    expect(await db.count('blobs')).toBe(0)
  })
})
