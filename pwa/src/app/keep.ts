import { type ReadonlySignal, signal } from '@preact/signals'
import type { BackgroundFetch, BackgroundFetches } from '../core/background-fetch.ts'
import type { Bus } from '../core/bus.ts'
import { forgetKept, keep, keepTransferOf, keptUrls } from '../core/kept.ts'
import { credentialsFor } from '../core/sender.ts'
import type { Settings } from '../core/settings.ts'
import type { Upload } from '../core/upload.ts'
import { fetchesHere } from './background-fetch.ts'

/** Below this a transfer by the browser takes longer to begin than the file to come. */
const LEAST_LENGTH = 5_000_000

/** Complete uploads that can be opened without a network. */
export class Keeper {
  readonly #bus: Bus
  readonly #settings: ReadonlySignal<Settings>
  readonly #urls = signal<ReadonlySet<string>>(new Set())

  constructor(bus: Bus, settings: ReadonlySignal<Settings>) {
    this.#bus = bus
    this.#settings = settings
    bus.listen((message) => {
      if (message.kind === 'changed') void this.refresh()
    })
  }

  get urls(): ReadonlySignal<ReadonlySet<string>> {
    return this.#urls
  }

  has(upload: Upload): boolean {
    return upload.url !== null && this.#urls.value.has(upload.url)
  }

  async refresh(): Promise<void> {
    const urls = await keptUrls()
    const same = urls.size === this.#urls.value.size && [...urls].every((url) => this.#urls.value.has(url))
    if (!same) this.#urls.value = urls
  }

  /** Fetches a complete upload and keeps it. @returns whether it is kept */
  async keep(upload: Upload): Promise<boolean> {
    if (upload.url === null) return false
    try {
      const fetches = upload.length >= LEAST_LENGTH ? await fetchesHere() : undefined
      const headers = credentialsFor(upload.url, this.#settings.peek())
      const request = new Request(upload.url, { headers })
      if (fetches === undefined) await keep(upload.url, await fetch(request))
      else await this.#transfer(upload, request, fetches)
    } catch {
      return false
    } finally {
      await this.refresh()
    }
    return this.#urls.value.has(upload.url)
  }

  async forget(upload: Upload): Promise<void> {
    if (upload.url !== null) await forgetKept(upload.url)
    await this.refresh()
  }

  /** The browser fetches it, also when the page is closed; the service worker keeps what has come. */
  async #transfer(upload: Upload, request: Request, fetches: BackgroundFetches): Promise<void> {
    const icons = [{ src: '/icons/192.png', sizes: '192x192', type: 'image/png' }]
    const options = { title: upload.name, icons, downloadTotal: upload.length }
    const kept = this.#heard(upload.id)
    const transfer = await fetches.fetch(keepTransferOf(upload.id), [request], options)
    await Promise.race([kept, failureOf(transfer)])
  }

  /** The service worker tells when it has kept what came, or could not. */
  #heard(id: string): Promise<void> {
    return new Promise((resolve) => {
      const forget = this.#bus.listen((message) => {
        if (message.kind !== 'kept' || message.id !== id) return
        forget()
        resolve()
      })
    })
  }
}

function failureOf(transfer: BackgroundFetch): Promise<void> {
  return new Promise((resolve) => {
    transfer.addEventListener('progress', () => {
      if (transfer.result === 'failure') resolve()
    })
  })
}
