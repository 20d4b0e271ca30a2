import { registerSync } from '../core/background-sync.ts'
import type { Bus } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
import { Drain } from '../core/drain.ts'
import { holdAsPage, ifFree } from '../core/locks.ts'
import { Sender } from '../core/sender.ts'
import { xhrTransport } from '../core/transport.ts'
import { BackgroundTransfers } from './background-fetch.ts'

const LOOK_AGAIN_MS = 15_000
const SOONEST_MS = 500

/** What sends while a page is open. */
export interface Pump {
  /** There is something new to send, or somebody wants it. */
  wake(): void
  /** Whether the browser goes on when the page is closed. */
  readonly inBackground: boolean
}

/** Sends from this page for as long as it lives, and lets the service worker go on when it does not. */
export function startPump(db: Database, bus: Bus): Pump {
  return new PagePump(new Sender(db, bus, xhrTransport))
}

class PagePump implements Pump {
  readonly inBackground = 'SyncManager' in self
  readonly #sender: Sender
  readonly #drain: Drain
  readonly #transfers: BackgroundTransfers
  #life = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(sender: Sender) {
    this.#sender = sender
    this.#transfers = new BackgroundTransfers(sender)
    sender.bus.listen((message) => {
      if (message.kind === 'wake') void this.#turn()
      // Who sends may be closed in the middle: this page then goes on.
      if (message.kind === 'sending' && message.active) void this.#schedule()
    })
    this.#drain = new Drain(sender, (id, run) => this.#claim(id, run))
    addEventListener('online', () => void this.#hasten())
    addEventListener('pagehide', () => this.#letGo())
    addEventListener('pageshow', (event) => event.persisted && this.#comeBack())
    document.addEventListener('freeze', () => this.#letGo())
    document.addEventListener('resume', () => this.#comeBack())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#hasten()
    })
    this.#begin()
  }

  wake(): void {
    void this.#registerSync()
    void this.#turn()
  }

  /** What waits for a network is tried at once: there may be one. */
  async #hasten(): Promise<void> {
    await this.#sender.queue.hasten(Date.now())
    await this.#turn()
  }

  #begin(): void {
    if (this.#life.signal.aborted) this.#life = new AbortController()
    holdAsPage(this.#life.signal)
    void this.#turn()
    void this.#registerForRest()
  }

  /** Others have gone on meanwhile: everything is read again. */
  #comeBack(): void {
    this.#sender.bus.open()
    this.#sender.bus.post({ kind: 'changed', ids: [] })
    this.#begin()
  }

  /**
   * Ends all requests and gives all locks back: a page that sleeps must not keep them. It hears nothing
   * either, because a message would throw it out of the back-forward cache.
   */
  #letGo(): void {
    this.#sender.bus.close()
    this.#life.abort()
    clearTimeout(this.#timer)
    this.#life = new AbortController()
    this.#life.abort()
  }

  async #turn(): Promise<void> {
    const life = this.#life.signal
    clearTimeout(this.#timer)
    await this.#drain.run(life)
    if (!life.aborted) await this.#schedule()
  }

  async #schedule(): Promise<void> {
    const { queue } = this.#sender
    if ((await queue.left()) === 0) return
    const nextAt = (await queue.nextDueAt()) ?? Number.POSITIVE_INFINITY
    const waitMs = Math.max(SOONEST_MS, Math.min(nextAt - Date.now(), LOOK_AGAIN_MS))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#turn(), waitMs)
  }

  async #claim(id: string, run: () => Promise<void>): Promise<boolean> {
    if (await this.#transfers.has(id)) return false
    const life = this.#life.signal
    return await ifFree(id, () => {
      const sent = this.#transfers.begin(id, life).then(async (handedOver) => {
        if (!handedOver) await run()
      })
      // A page that goes to sleep stops in the middle: the lock must not wait for its end.
      return Promise.race([sent, aborted(life)])
    })
  }

  async #registerForRest(): Promise<void> {
    if ((await this.#sender.queue.left()) > 0) await this.#registerSync()
  }

  /** With a new tag each time: one that has failed before would not fire for minutes. */
  async #registerSync(): Promise<void> {
    if (!this.inBackground || !('serviceWorker' in navigator)) return
    await registerSync(await navigator.serviceWorker.ready, `up:${crypto.randomUUID()}`)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
