import type { Database } from './db.ts'

/** What a person has set in this browser; page and service worker read the same. */
export interface Settings {
  /** Where new uploads go; null is `/files` of the page's own origin. */
  readonly endpoint: string | null
  /** Sent as a bearer token to the endpoint's origin only. */
  readonly accessToken: string | null
  /** Wait while the connection is cellular or saves data, where the browser tells. */
  readonly unmeteredOnly: boolean
  readonly notifications: boolean
  /** Let the browser itself send large files, where it can. */
  readonly backgroundFetch: boolean
  /** A BCP 47 language; null follows the browser. */
  readonly language: string | null
}

export const DEFAULT_SETTINGS: Settings = {
  endpoint: null,
  accessToken: null,
  unmeteredOnly: false,
  notifications: false,
  backgroundFetch: false,
  language: null,
}

const NAME = 'settings'

export async function readSettings(db: Database): Promise<Settings> {
  const stored = await db.get('settings', NAME)
  return { ...DEFAULT_SETTINGS, ...(isRecord(stored?.value) ? stored.value : {}) }
}

/** Changes some settings; others that another page has changed meanwhile stay. */
export async function changeSettings(db: Database, change: Partial<Settings>): Promise<Settings> {
  const tx = db.transaction('settings', 'readwrite', { durability: 'strict' })
  const stored = await tx.store.get(NAME)
  const settings = { ...DEFAULT_SETTINGS, ...(isRecord(stored?.value) ? stored.value : {}), ...change }
  await tx.store.put({ name: NAME, value: settings })
  await tx.done
  return settings
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
