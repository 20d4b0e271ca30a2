import type { Database } from '../core/db.ts'

const ASKED = 'persist-asked'

/** What is used of the browser's storage; each is missing in some browser. */
interface Storage {
  readonly persist?: () => Promise<boolean>
  readonly persisted?: () => Promise<boolean>
}

/**
 * Asks the browser, once ever, not to delete what waits to be sent when it needs room: some browsers put
 * the question to the person. Call it after a file was added.
 */
export async function protectStorage(
  db: Database,
  storage: Storage | undefined = storageOf(),
): Promise<void> {
  if (storage?.persist === undefined || (await db.get('settings', ASKED)) !== undefined) return
  await db.put('settings', { name: ASKED, value: true })
  if (!(await storage.persisted?.())) await storage.persist()
}

/** Undefined in insecure contexts. */
function storageOf(): Storage | undefined {
  return navigator.storage
}

/** How much room this browser uses and offers; null where it does not tell. */
export interface Room {
  readonly used: number
  readonly quota: number
}

export async function roomOf(): Promise<Room | null> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  return usage === undefined || quota === undefined ? null : { used: usage, quota }
}

/** Whether the browser has promised not to clear the files; null where it cannot. */
export async function areProtected(): Promise<boolean | null> {
  return (await navigator.storage?.persisted?.()) ?? null
}

/** Asks the browser not to clear the files when the disk gets full. @returns whether it promises */
export async function protectFiles(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}
