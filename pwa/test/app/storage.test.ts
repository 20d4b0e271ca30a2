import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { protectStorage } from '../../src/app/storage.ts'
import { type Database, openDatabase } from '../../src/core/db.ts'

describe('protecting the storage', () => {
  let db: Database

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    db = await openDatabase()
  })

  afterEach(() => db.close())

  it('asks once, although another page asks again', async () => {
    let asked = 0
    const storage = { persisted: async () => false, persist: async () => ++asked > 0 }
    await protectStorage(db, storage)
    await protectStorage(db, storage)
    expect(asked).toBe(1)
  })

  it('does not ask for what is granted', async () => {
    let asked = 0
    await protectStorage(db, { persisted: async () => true, persist: async () => ++asked > 0 })
    expect(asked).toBe(0)
  })

  it('does without where the browser has none', async () => {
    await protectStorage(db, {})
    expect(await db.count('settings')).toBe(0)
  })
})
