import { type ReadonlySignal, signal } from '@preact/signals'
import type { Bus } from '../core/bus.ts'
import { beingSent } from '../core/locks.ts'

const LOOK_AGAIN_MS = 3_000
const LOOK_EVERY_MS = 3_600_000

/** The service worker of this page, and newer versions of both. */
export class Updates {
  readonly #bus: Bus
  readonly #ready = signal(false)
  readonly #waiting = signal(false)
  #registration: ServiceWorkerRegistration | null = null

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** Whether a newer version is installed and waits to be used. */
  get ready(): ReadonlySignal<boolean> {
    return this.#ready
  }

  /** Whether the update was wanted and waits for uploads to end. */
  get waiting(): ReadonlySignal<boolean> {
    return this.#waiting
  }

  /** Installs the service worker. Without one the page works too, but only while it is open. */
  async register(): Promise<void> {
    // The development server has none: it would serve yesterday's sources.
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
    try {
      this.#watch(await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }))
    } catch {
      // Private windows and some settings forbid it.
    }
  }

  /** Changes to the newer version as soon as nothing is being sent. */
  async apply(): Promise<void> {
    const worker = this.#registration?.waiting
    if (!worker) return location.reload()
    this.#waiting.value = true
    await this.#untilNothingIsSent()
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
    this.#registration?.active?.postMessage('let-go')
    worker.postMessage('skip-waiting')
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#registration = registration
    this.#look(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => this.#look(worker))
    })
    // A tab that stays open for days would not hear of a newer version.
    setInterval(() => registration.update().catch(() => undefined), LOOK_EVERY_MS)
  }

  /** The first service worker of all is no update. */
  #look(worker: ServiceWorker | null): void {
    if (worker?.state === 'installed' && navigator.serviceWorker.controller !== null) this.#ready.value = true
  }

  async #untilNothingIsSent(): Promise<void> {
    while ((await beingSent()).size > 0) {
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer)
          forget()
          resolve()
        }
        // Who is killed while sending says nothing.
        const timer = setTimeout(end, LOOK_AGAIN_MS)
        const forget = this.#bus.listen((message) => {
          if (message.kind === 'sending' && !message.active) end()
        })
      })
    }
  }
}
