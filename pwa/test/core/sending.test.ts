import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bus } from '../../src/core/bus.ts'
import { openDatabase } from '../../src/core/db.ts'
import { UploadQueue } from '../../src/core/queue.ts'
import { send } from '../../src/core/sending.ts'
import type { SendingContext } from '../../src/core/sending-context.ts'
import { TusClient } from '../../src/core/tus.ts'
import type { Entry, Upload } from '../../src/core/upload.ts'
import { answer, MemoryServer } from './memory-server.ts'

const LENGTH = 3_000_000
const CONTENT = Uint8Array.from({ length: LENGTH }, (_, index) => index % 251)
const ENTRY: Entry = { id: 'entry', title: 'Holiday', note: '', place: null, addedAt: 1 }

describe('sending an upload', () => {
  let server: MemoryServer
  let queue: UploadQueue
  let bus: Bus
  let context: SendingContext
  let upload: Upload
  const never = new AbortController().signal

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    server = new MemoryServer()
    queue = new UploadQueue(await openDatabase())
    bus = new Bus()
    const client = new TusClient(server.transport, () => ({}))
    context = {
      queue,
      client,
      bus,
      options: (endpoint, signal) => client.options(endpoint, signal),
      prepare: async () => true,
      now: () => 1_000,
      random: () => 0,
    }
    const file = new File([CONTENT], 'beach.jpg', { type: 'image/jpeg' })
    const [added] = await queue.add(ENTRY, [{ file, path: 'beach.jpg' }], 'http://server/files')
    if (added === undefined) throw new Error('nothing was added')
    upload = added
  })

  afterEach(() => bus.close())

  async function state() {
    return (await queue.get(upload.id))?.state
  }

  async function arrives() {
    for (let turn = 0; turn < 20; turn++) {
      if ((await send(upload.id, context, never)) === 'settled') break
    }
    expect(await state()).toEqual({ kind: 'complete', at: 1_000 })
    expect(server.uploads.size).toBe(1)
    const [stored] = server.uploads.values()
    expect(stored !== undefined && indexedDB.cmp(stored.bytes, CONTENT)).toBe(0)
  }

  it('sends the bytes and forgets them when the server has all', async () => {
    await arrives()
    const settled = await queue.get(upload.id)
    expect(settled?.storage).toBe('none')
    expect(settled && (await queue.slice(upload, 0, 10))).toBeNull()
    expect([...server.uploads.values()][0]?.metadata).toContain('filename YmVhY2guanBn')
  })

  it('goes on from the offset that the server has', async () => {
    server.once('PATCH', async (request, self) => {
      await self.serve(request, 1_000)
      throw new TypeError('cut')
    })
    await arrives()
    expect(server.requests.filter((method) => method === 'POST')).toHaveLength(1)
  })

  it('keeps everything when the answer to the creation is lost', async () => {
    server.once('POST', async (request, self) => {
      await self.serve(request)
      throw new TypeError('cut')
    })
    await arrives()
  })

  for (const status of [408, 423, 429, 500, 502, 503]) {
    it(`waits after ${status} and then goes on`, async () => {
      server.once('PATCH', () => answer(status, { 'Retry-After': '7' }))
      expect(await send(upload.id, context, never)).toBe('waiting')
      expect(await state()).toMatchObject({
        kind: 'waiting',
        until: 8_000,
        trouble: { code: 'server', status },
      })
      await arrives()
    })
  }

  it('asks for the offset after 409', async () => {
    server.once('PATCH', () => answer(409))
    await arrives()
  })

  for (const status of [404, 410]) {
    it(`creates the upload anew after ${status}`, async () => {
      server.once('PATCH', (_, self) => {
        self.uploads.clear()
        return answer(status)
      })
      await arrives()
    })
  }

  for (const status of [401, 403]) {
    it(`asks to sign in after ${status}, and keeps the URL`, async () => {
      server.once('PATCH', () => answer(status))
      expect(await send(upload.id, context, never)).toBe('settled')
      expect(await state()).toEqual({ kind: 'needs-sign-in' })
      expect((await queue.get(upload.id))?.url).toBe('http://server/files/1')
      await queue.apply(upload.id, { kind: 'resumed' })
      await arrives()
    })
  }

  it('gives up when the server refuses, and says why', async () => {
    server.once('POST', () => answer(413, {}, 'too-large: at most 1 MB'))
    expect(await send(upload.id, context, never)).toBe('settled')
    expect(await state()).toEqual({
      kind: 'failed',
      trouble: { code: 'refused', status: 413, answer: 'too-large: at most 1 MB' },
    })
    expect(await queue.slice(upload, 0, 10)).not.toBeNull()
  })

  it('sends less after a proxy refused a large request', async () => {
    server.once('PATCH', () => answer(413))
    await arrives()
  })

  it('does not believe an offset beyond what was sent', async () => {
    server.once('PATCH', () => answer(204, { 'Upload-Offset': '2999999' }))
    await arrives()
  })

  it('stops when it is told to, and goes on later', async () => {
    const stop = new AbortController()
    server.once('PATCH', (_, self) => {
      stop.abort()
      return self.uploads.size === 1 ? undefined : answer(500)
    })
    expect(await send(upload.id, context, stop.signal)).toBe('stopped')
    await arrives()
  })

  it('stays paused until a person resumes', async () => {
    await queue.apply(upload.id, { kind: 'paused' })
    expect(await send(upload.id, context, never)).toBe('settled')
    expect(server.requests).toEqual([])
    await queue.apply(upload.id, { kind: 'resumed' })
    await arrives()
  })

  it('deletes a cancelled upload on the server, also when it was away at first', async () => {
    server.once('PATCH', () => answer(500))
    await send(upload.id, context, never)
    await queue.apply(upload.id, { kind: 'cancelled' })
    server.once('DELETE', () => {
      throw new TypeError('away')
    })
    expect(await send(upload.id, context, never)).toBe('waiting')
    expect(server.uploads.size).toBe(1)
    expect(await send(upload.id, context, never)).toBe('settled')
    expect(server.uploads.size).toBe(0)
    expect(await queue.all()).toEqual([])
    expect(await queue.entries()).toEqual([])
  })
})
