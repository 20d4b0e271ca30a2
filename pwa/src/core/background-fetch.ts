/** What is used of Background Fetch, which only Chromium has and TypeScript does not know. */
export interface BackgroundFetches {
  fetch(
    id: string,
    requests: readonly Request[],
    options: { readonly title: string; readonly icons: readonly object[]; readonly downloadTotal?: number },
  ): Promise<BackgroundFetch>
  get(id: string): Promise<BackgroundFetch | undefined>
  getIds(): Promise<readonly string[]>
}

/** One transfer that the browser itself carries out. */
export interface BackgroundFetch extends EventTarget {
  readonly id: string
  readonly uploaded: number
  readonly uploadTotal: number
  readonly result: '' | 'success' | 'failure'
  abort(): Promise<boolean>
  matchAll(): Promise<readonly BackgroundFetchRecord[]>
}

export interface BackgroundFetchRecord {
  readonly request: Request
  readonly responseReady: Promise<Response>
}

/** The one request of a transfer. @throws RangeError when there is none */
export async function keptRecordOf(transfer: BackgroundFetch): Promise<BackgroundFetchRecord> {
  const [record] = await transfer.matchAll()
  if (record === undefined) throw new RangeError(`no request in ${transfer.id}`)
  return record
}

const UPLOAD = 'upload:'

/** @returns undefined where the browser has none */
export function backgroundFetchesOf(registration: unknown): BackgroundFetches | undefined {
  return (registration as { readonly backgroundFetch?: BackgroundFetches }).backgroundFetch
}

/** A new name for a transfer of an upload: each name is used once only. */
export function transferOf(uploadId: string): string {
  return `${UPLOAD}${uploadId}:${crypto.randomUUID()}`
}

/** The upload of a transfer; null when it is not one of an upload. */
export function uploadOf(transfer: string): string | null {
  return transfer.startsWith(UPLOAD) ? (transfer.slice(UPLOAD.length).split(':')[0] ?? null) : null
}
