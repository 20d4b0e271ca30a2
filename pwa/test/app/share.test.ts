import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bus, type Message } from '../../src/core/bus.ts'
import { type Database, openDatabase } from '../../src/core/db.ts'
import { UploadQueue } from '../../src/core/queue.ts'
import { changeSettings } from '../../src/core/settings.ts'
import { acceptShare } from '../../src/sw/share.ts'

describe('accepting a share', () => {
  let db: Database
  let bus: Bus

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    db = await openDatabase()
    bus = new Bus()
  })

  afterEach(() => {
    bus.close()
    db.close()
  })

  async function share(form: FormData): Promise<string | null> {
    const request = new Request('http://page/share', { method: 'POST', body: form })
    const response = await acceptShare(request, { db, bus })
    expect(response.status).toBe(303)
    return response.headers.get('Location')
  }

  function formOf(files: readonly File[]): FormData {
    const form = new FormData()
    for (const file of files) form.append('files', file)
    return form
  }

  it('keeps the files and what was said about them', async () => {
    const form = formOf([new File(['abc'], 'a.txt'), new File(['de'], 'b.txt')])
    form.set('title', 'Trip')
    form.set('text', 'Look')
    form.set('url', 'http://example/trip')
    expect(await share(form)).toBe('http://page/?shared=2')
    const queue = new UploadQueue(db)
    const [first, second] = await queue.all()
    expect([first?.name, second?.name]).toEqual(['a.txt', 'b.txt'])
    expect(first?.endpoint).toBe('http://page/files')
    const entry = await queue.entry(first?.entryId ?? '')
    expect(entry).toMatchObject({ title: 'Trip', note: 'Look\nhttp://example/trip' })
  })

  it('keeps the bytes', async () => {
    await share(formOf([new File(['abc'], 'a.txt')]))
    const queue = new UploadQueue(db)
    const [upload] = await queue.all()
    const bytes = upload === undefined ? null : await queue.slice(upload, 0, 3)
    expect(await bytes?.text()).toBe('abc')
  })

  it('sends to the endpoint that is set', async () => {
    await changeSettings(db, { endpoint: 'http://elsewhere/tus' })
    await share(formOf([new File(['abc'], 'a.txt')]))
    expect((await new UploadQueue(db).all())[0]?.endpoint).toBe('http://elsewhere/tus')
  })

  it('counts files that came without bytes, and does not keep them', async () => {
    const location = await share(formOf([new File([], 'huge.mp4'), new File(['abc'], 'a.txt')]))
    expect(location).toBe('http://page/?shared=1&unreadable=1')
    expect((await new UploadQueue(db).all()).map(({ name }) => name)).toEqual(['a.txt'])
  })

  it('keeps nothing of a share without files', async () => {
    const form = formOf([])
    form.set('text', 'only words')
    expect(await share(form)).toBe('http://page/?shared=0')
    expect(await db.count('entries')).toBe(0)
  })

  it('leads to the page although the request cannot be read', async () => {
    const request = new Request('http://page/share', { method: 'POST', body: 'not a form' })
    const response = await acceptShare(request, { db, bus })
    expect(response.headers.get('Location')).toBe('http://page/?shared=0&unreadable=1')
  })

  it('says that there is no room', async () => {
    const full = new Proxy(db, {
      get: (target, name) => {
        if (name !== 'transaction') return Reflect.get(target, name).bind(target)
        return () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      },
    })
    const request = new Request('http://page/share', {
      method: 'POST',
      body: formOf([new File(['abc'], 'a.txt')]),
    })
    const response = await acceptShare(request, { db: full, bus })
    expect(response.headers.get('Location')).toBe('http://page/?shared=0&noroom=3')
  })

  it('tells the pages', async () => {
    const told: Message['kind'][] = []
    bus.listen((message) => told.push(message.kind))
    await share(formOf([new File(['abc'], 'a.txt')]))
    expect(told).toEqual(['changed', 'wake'])
  })
})
