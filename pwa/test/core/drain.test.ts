import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bus } from '../../src/core/bus.ts'
import { type Database, openDatabase } from '../../src/core/db.ts'
import { Drain } from '../../src/core/drain.ts'
import { UploadQueue } from '../../src/core/queue.ts'
import type { SendingContext } from '../../src/core/sending-context.ts'
import { TusClient } from '../../src/core/tus.ts'
import { MemoryServer } from './memory-server.ts'

const never = new AbortController().signal

describe('a drain', () => {
  let db: Database
  let server: MemoryServer
  let queue: UploadQueue
  let bus: Bus
  let allowed = true

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    db = await openDatabase()
    server = new MemoryServer()
    queue = new UploadQueue(db)
    bus = new Bus()
    allowed = true
  })

  afterEach(() => {
    bus.close()
    db.close()
  })

  function context(): SendingContext {
    const client = new TusClient(server.transport, () => ({}))
    return {
      queue,
      client,
      bus,
      options: (endpoint, signal) => client.options(endpoint, signal),
      prepare: async () => allowed,
      now: Date.now,
      random: () => 0,
    }
  }

  async function add(count: number): Promise<readonly string[]> {
    const files = Array.from({ length: count }, (_, index) => {
      const file = new File([`content ${index}`], `${index}.txt`)
      return { file, path: file.name }
    })
    const entry = { id: crypto.randomUUID(), title: '', note: '', place: null, addedAt: Date.now() }
    return (await queue.add(entry, files, 'http://server/files')).map((upload) => upload.id)
  }

  it('sends all that is due, three at a time', async () => {
    await add(8)
    let now = 0
    let most = 0
    const drain = new Drain(context(), async (_, run) => {
      most = Math.max(most, ++now)
      await run()
      now--
      return true
    })
    await drain.run(never)
    expect(most).toBe(3)
    expect(server.uploads.size).toBe(8)
    expect(await queue.left()).toBe(0)
  })

  it('leaves what somebody else is sending', async () => {
    const [first] = await add(2)
    const drain = new Drain(context(), async (id, run) => {
      if (id === first) return false
      await run()
      return true
    })
    await drain.run(never)
    expect(server.uploads.size).toBe(1)
    expect(await queue.left()).toBe(1)
  })

  it('begins at once with what is added while a long upload goes on', async () => {
    const [long] = await add(1)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const drain = new Drain(context(), async (id, run) => {
      if (id === long) await held
      await run()
      return true
    })
    const first = drain.run(never)
    await add(1)
    const second = drain.run(never)
    await expect.poll(() => server.uploads.size).toBe(1)
    release()
    await Promise.all([first, second])
    expect(server.uploads.size).toBe(2)
  })

  it('says who is being sent, and that it is over after the lock is free', async () => {
    const [id] = await add(1)
    const told: string[] = []
    bus.listen((message) => {
      if (message.kind === 'sending') told.push(`${message.id === id} ${message.active}`)
    })
    const drain = new Drain(context(), async (_, run) => {
      await run()
      told.push('free')
      return true
    })
    await drain.run(never)
    expect(told).toEqual(['true true', 'free', 'true false'])
  })

  it('stops sending what a person has paused, and goes on with the others', async () => {
    const [paused, other] = await add(2)
    server.once('POST', async () => {
      await queue.apply(paused ?? '', { kind: 'paused' })
      bus.post({ kind: 'stop', ids: [paused ?? ''] })
      return undefined
    })
    await new Drain(context(), async (_, run) => run().then(() => true)).run(never)
    expect((await queue.get(paused ?? ''))?.state.kind).toBe('paused')
    expect((await queue.get(other ?? ''))?.state.kind).toBe('complete')
  })

  it('sends nothing over a connection that the person does not want', async () => {
    await add(1)
    allowed = false
    await new Drain(context(), async (_, run) => run().then(() => true)).run(never)
    expect(server.requests).toEqual([])
  })
})
