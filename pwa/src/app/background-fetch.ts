import {
  type BackgroundFetch,
  type BackgroundFetches,
  backgroundFetchesOf,
  transferOf,
  uploadOf,
} from '../core/background-fetch.ts'
import type { Sender } from '../core/sender.ts'
import { findPosition } from '../core/sending.ts'
import { APPEND_TYPE, VERSION } from '../core/tus.ts'
import type { Upload } from '../core/upload.ts'

/** Smaller uploads are through before the browser has begun such a transfer. */
const LEAST_LENGTH = 100_000_000
const TELL_MS = 250

/** Transfers of large uploads by the browser itself, with its own visible progress. */
export class BackgroundTransfers {
  readonly #sender: Sender
  readonly #watched = new Set<string>()

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /** Whether the browser is transferring the upload now. Also shows its progress from now on. */
  async has(uploadId: string): Promise<boolean> {
    const fetches = await fetchesHere()
    const ids = (await fetches?.getIds()) ?? []
    const transfer = ids.find((id) => uploadOf(id) === uploadId)
    if (transfer === undefined) return false
    const running = await fetches?.get(transfer)
    if (running === undefined || running.result !== '') return false
    await this.#watch(uploadId, running)
    return true
  }

  /**
   * Hands the rest of a large upload to the browser, if the person wants it so. For whoever holds the
   * upload's lock.
   *
   * @returns false when it is to be sent as usual
   */
  async begin(uploadId: string, stop: AbortSignal): Promise<boolean> {
    const fetches = await fetchesHere()
    const upload = await this.#sender.queue.get(uploadId)
    if (fetches === undefined || upload === undefined || !this.#isWanted(upload)) return false
    const offset = await findPosition(uploadId, this.#sender, stop)
    const created = await this.#sender.queue.get(uploadId)
    if (offset === null || created === undefined || created.url === null) return false
    if (created.length - offset < LEAST_LENGTH) return false
    return await this.#hand(created, created.url, offset, fetches)
  }

  #isWanted(upload: Upload): boolean {
    return (
      this.#sender.settings.backgroundFetch &&
      upload.length >= LEAST_LENGTH &&
      // Pieces would all have to be in memory at once.
      upload.storage === 'blob' &&
      upload.state.kind !== 'cancelling' &&
      document.visibilityState === 'visible'
    )
  }

  async #hand(upload: Upload, url: string, offset: number, fetches: BackgroundFetches): Promise<boolean> {
    const body = await this.#sender.queue.slice(upload, offset, upload.length - offset)
    if (body === null) return false
    const name = transferOf(upload.id)
    const headers = {
      ...this.#sender.credentials(url),
      'Tus-Resumable': VERSION,
      'Content-Type': APPEND_TYPE,
      'Upload-Offset': String(offset),
      // Half a minute after any navigation Chromium 156 sends a running transfer once more, and crashes if
      // the second request is refused while the first one lives. By this name the server ends the first in time.
      'Idempotency-Key': name,
    }
    try {
      const request = new Request(url, { method: 'PATCH', headers, body })
      const icons = [{ src: '/icons/192.png', sizes: '192x192', type: 'image/png' }]
      const transfer = await fetches.fetch(name, [request], { title: upload.name, icons })
      await this.#watch(upload.id, transfer)
      return true
    } catch {
      // Not allowed, or no room for it: it is sent as usual.
      return false
    }
  }

  /** Shows the browser's progress as ours. What counts in the end is what the server says. */
  async #watch(id: string, transfer: BackgroundFetch): Promise<void> {
    if (this.#watched.has(transfer.id)) return
    this.#watched.add(transfer.id)
    const { bus, queue } = this.#sender
    const offset = (await queue.get(id))?.offset ?? 0
    bus.post({ kind: 'sending', id, active: true })
    let toldAt = 0
    transfer.addEventListener('progress', () => {
      if (transfer.result !== '') bus.post({ kind: 'sending', id, active: false })
      else if (performance.now() - toldAt > TELL_MS) {
        toldAt = performance.now()
        bus.post({ kind: 'progress', id, offset, sent: offset + transfer.uploaded })
      }
    })
  }
}

/** The browser's own transfers; undefined where it has none, or no service worker to tell of their end. */
export async function fetchesHere(): Promise<BackgroundFetches | undefined> {
  if (!('BackgroundFetchManager' in self)) return undefined
  const registration = await navigator.serviceWorker.getRegistration()
  return registration?.active ? backgroundFetchesOf(registration) : undefined
}
