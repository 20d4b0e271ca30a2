import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Bus } from '../../src/core/bus.ts'
import { type Database, openDatabase } from '../../src/core/db.ts'
import { Drain } from '../../src/core/drain.ts'
import { holdAsPage, ifFree } from '../../src/core/locks.ts'
import { UploadQueue } from '../../src/core/queue.ts'
import { TusClient } from '../../src/core/tus.ts'
import { BackgroundWork, onSync } from '../../src/sw/sync.ts'
import { MemoryLocks } from '../core/memory-locks.ts'
import { answer, MemoryServer } from '../core/memory-server.ts'

const BUDGET_MS = 400

describe('a sync event', () => {
  let db: Database
  let server: MemoryServer
  let queue: UploadQueue
  let bus: Bus
  let tags: string[]

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    vi.stubGlobal('navigator', { locks: new MemoryLocks() })
    db = await openDatabase()
    server = new MemoryServer()
    queue = new UploadQueue(db)
    bus = new Bus()
    tags = []
    const entry = { id: 'entry', title: '', note: '', place: null, addedAt: 1 }
    const file = new File(['content'], 'a.txt')
    await queue.add(entry, [{ file, path: 'a.txt' }], 'http://server/files')
  })

  afterEach(() => {
    bus.close()
    db.close()
    vi.unstubAllGlobals()
  })

  function work(): BackgroundWork {
    const client = new TusClient(server.transport, () => ({}))
    const context = {
      queue,
      client,
      bus,
      options: (endpoint: string, signal: AbortSignal) => client.options(endpoint, signal),
      prepare: async () => true,
      now: Date.now,
      random: () => 0,
    }
    return new BackgroundWork(queue, new Drain(context, ifFree), BUDGET_MS)
  }

  /** As far as the event uses it; without a window the browser refuses. */
  function registration(hasWindow: boolean): ServiceWorkerRegistration {
    const register = async (tag: string) => {
      if (!hasWindow) throw new DOMException('without a window', 'InvalidAccessError')
      tags.push(tag)
    }
    return { sync: { register } } as unknown as ServiceWorkerRegistration
  }

  function serverIsAway(): void {
    for (let i = 0; i < 100; i++) server.once('OPTIONS', () => answer(503))
  }

  it('ends well when everything has arrived, and arranges nothing', async () => {
    await onSync(work(), registration(true), 'up:1')
    expect(await queue.left()).toBe(0)
    expect(tags).toEqual([])
  })

  it('registers its own tag again when its time is over and a window is open', async () => {
    serverIsAway()
    const began = performance.now()
    await onSync(work(), registration(true), 'up:1')
    expect(performance.now() - began).toBeGreaterThan(BUDGET_MS * 0.9)
    expect(tags).toEqual(['up:1'])
  })

  it('fails without a window, so that the browser tries again', async () => {
    serverIsAway()
    await expect(onSync(work(), registration(false), 'up:1')).rejects.toThrow('1 uploads are left')
  })

  it('arranges nothing when it has joined another event', async () => {
    serverIsAway()
    const shared = work()
    await Promise.all([
      onSync(shared, registration(true), 'up:1'),
      onSync(shared, registration(true), 'up:2'),
    ])
    expect(tags).toEqual(['up:1'])
  })

  it('keeps back while a page sends, and goes on when the page has gone', async () => {
    const page = new AbortController()
    holdAsPage(page.signal)
    const event = onSync(work(), registration(true), 'up:1')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(server.requests).toEqual([])
    page.abort()
    await event
    expect(server.uploads.size).toBe(1)
  })
})
