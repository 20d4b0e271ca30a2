import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Share } from './shares.ts'
import type { Entry, StateKind, Upload } from './upload.ts'

const NAME = 'longhaul'
const VERSION = 2

/** A preference of the person, or a fact about this browser. */
export interface Setting {
  readonly name: string
  readonly value: unknown
}

export interface LonghaulSchema extends DBSchema {
  uploads: {
    key: string
    value: Upload
    indexes: { 'by-state': StateKind; 'by-entry': string; 'by-order': number }
  }
  entries: { key: string; value: Entry }
  /** Whole files, written once, read by their key only: some browsers damage Blobs that are written again. */
  blobs: { key: string; value: Blob }
  /** Files of browsers that cannot store a Blob, in pieces. */
  chunks: { key: [string, number]; value: ArrayBuffer }
  thumbnails: { key: string; value: Blob }
  shares: { key: string; value: Share }
  settings: { key: string; value: Setting }
}

export type Database = IDBPDatabase<LonghaulSchema>

/**
 * Opens the database; it closes by itself when another page needs to upgrade it.
 *
 * @param closed is told when it has closed, for whatever reason, and has to be opened again
 */
export async function openDatabase(closed: () => void = () => undefined): Promise<Database> {
  return await openDB<LonghaulSchema>(NAME, VERSION, {
    upgrade: createStores,
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
      closed()
    },
    terminated: closed,
  })
}

function createStores(db: Database, before: number): void {
  if (before < 1) createFirstStores(db)
  db.createObjectStore('shares', { keyPath: 'id' })
}

function createFirstStores(db: Database): void {
  const uploads = db.createObjectStore('uploads', { keyPath: 'id' })
  uploads.createIndex('by-state', 'state.kind')
  uploads.createIndex('by-entry', 'entryId')
  uploads.createIndex('by-order', 'order')
  db.createObjectStore('entries', { keyPath: 'id' })
  db.createObjectStore('blobs')
  db.createObjectStore('chunks')
  db.createObjectStore('thumbnails')
  db.createObjectStore('settings', { keyPath: 'name' })
}

const PROBE = 'longhaul-probe'
const PROBE_LIMIT_MS = 3_000

/**
 * Whether the browser can store Blobs. Tried in a database of its own: in private sessions of WebKit a
 * transaction in which a Blob was refused never ends, and blocks its stores for good.
 */
export async function storesBlobs(): Promise<boolean> {
  const tried = tryBlob().catch((failure: unknown) => isQuotaError(failure))
  const limit = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PROBE_LIMIT_MS))
  return await Promise.race([tried, limit])
}

async function tryBlob(): Promise<boolean> {
  const db = await openDB(PROBE, 1, { upgrade: (created) => void created.createObjectStore('blobs') })
  try {
    await db.put('blobs', new Blob(['probe']), 'probe')
    return true
  } finally {
    db.close()
  }
}

/** The browser has no room left, whatever was to be stored. */
export function isQuotaError(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'QuotaExceededError'
}
