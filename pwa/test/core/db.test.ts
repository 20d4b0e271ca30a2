import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/core/db.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

it('keeps what an older version has stored', async () => {
  const first = await openDB('longhaul', 1, {
    upgrade: (created) => {
      created.createObjectStore('settings', { keyPath: 'name' })
    },
  })
  await first.put('settings', { name: 'settings', value: 'old' })
  first.close()
  const db = await openDatabase()
  expect(await db.get('settings', 'settings')).toEqual({ name: 'settings', value: 'old' })
  expect(await db.count('shares')).toBe(0)
  db.close()
})
