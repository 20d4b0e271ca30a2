import { type ReadonlySignal, signal } from '@preact/signals'
import type { Bus } from '../core/bus.ts'
import { beingSent } from '../core/locks.ts'

const LOOK_AGAIN_MS = 3_000
const SETTLE_MS = 1_000
const LOOK_EVERY_MS = 3_600_000
const FIELDS = 'input:not([type=file]), textarea, select'

/** The service worker of this page, and newer versions of both. */
export class Updates {
  readonly #bus: Bus
  readonly #hasDraft: ReadonlySignal<boolean>
  readonly #ready = signal(false)
  readonly #waiting = signal(false)
  /** Whether the newer version has taken over, and this page is of the one before. */
  readonly #outdated = signal(false)
  #registration: ServiceWorkerRegistration | null = null

  /** @param hasDraft while it is so, this page is not loaded again: what is typed there would be lost */
  constructor(bus: Bus, hasDraft: ReadonlySignal<boolean>) {
    this.#bus = bus
    this.#hasDraft = hasDraft
  }

  /** Whether a newer version is installed and waits to be used. */
  get ready(): ReadonlySignal<boolean> {
    return this.#ready
  }

  /** Whether the update was wanted and waits for uploads, or a draft here, to end. */
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

  /** Changes to the newer version as soon as nothing is being sent and there is no draft in this tab. */
  async apply(): Promise<void> {
    this.#waiting.value = true
    await this.#untilFree()
    const worker = this.#registration?.waiting
    // Another tab may have brought the newer version meanwhile.
    if (!worker || this.#outdated.value) return location.reload()
    this.#registration?.active?.postMessage('let-go')
    worker.postMessage('skip-waiting')
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#registration = registration
    this.#watchTakeover()
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

  /** Whichever tab wanted the newer version: all change over, each as soon as nobody is disturbed. */
  #watchTakeover(): void {
    // The first service worker of all takes over from nobody.
    let before = navigator.serviceWorker.controller
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (before !== null) void this.#changeOver()
      before = navigator.serviceWorker.controller
    })
  }

  async #changeOver(): Promise<void> {
    if (this.#outdated.value) return
    this.#outdated.value = true
    this.#ready.value = true
    // Who looks at a page does not want it to flicker: there, the banner asks.
    do {
      await this.#untilFree()
      if (!this.#waiting.value) await untilHidden()
    } while (!(await this.#isFree()))
    location.reload()
  }

  async #isFree(): Promise<boolean> {
    return !this.#hasDraft.value && !isTyping() && (await beingSent()).size === 0
  }

  async #untilFree(): Promise<void> {
    while (!(await this.#isFree())) {
      const { promise, resolve } = deferred()
      // Who is killed while sending says nothing.
      const timer = setTimeout(resolve, LOOK_AGAIN_MS)
      const had = this.#hasDraft.peek()
      const ends = [
        this.#bus.listen((message) => message.kind === 'sending' && !message.active && resolve()),
        this.#hasDraft.subscribe((has) => has !== had && resolve()),
      ]
      await promise
      clearTimeout(timer)
      for (const end of ends) end()
      // Who has just sent a draft begins with its first byte only now.
      await new Promise((settled) => setTimeout(settled, SETTLE_MS))
    }
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** A token in the settings, say. */
function isTyping(): boolean {
  return document.querySelector('dialog[open]') !== null || document.activeElement?.matches(FIELDS) === true
}

async function untilHidden(): Promise<void> {
  while (document.visibilityState === 'visible') {
    await new Promise((resolve) => {
      document.addEventListener('visibilitychange', resolve, { once: true })
    })
  }
}
