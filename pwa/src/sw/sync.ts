import { Drain } from '../core/drain.ts'
import { whenFree } from '../core/locks.ts'
import type { SendingContext } from '../core/sending.ts'

/** Chrome ends a sync event after three minutes, in the middle of a request: less is used. */
const BUDGET_MS = 150_000
export const TAG_PREFIX = 'up:'

/** What the service worker does when the browser says that there is a network. */
export class SyncWork {
  readonly #drain: Drain

  constructor(context: SendingContext) {
    this.#drain = new Drain(context, (id, run) => whenFree(id, this.#budget.signal, run))
  }

  #budget = new AbortController()

  /**
   * Sends within the budget of one event. Rejects when something is left that this event cannot arrange
   * to go on, so that the browser tries again.
   */
  async run(registration: ServiceWorkerRegistration, tag: string): Promise<void> {
    this.#budget = new AbortController()
    const timer = setTimeout(() => this.#budget.abort(), BUDGET_MS)
    try {
      const { left } = await this.#drain.run(this.#budget.signal)
      if (left > 0 && !(await goOnWith(registration, tag))) throw new Error(`${left} uploads are left`)
    } finally {
      clearTimeout(timer)
    }
  }
}

interface SyncRegistration {
  readonly sync?: { readonly register: (tag: string) => Promise<void> }
}

/** Registering the tag that is firing makes it fire again, with fresh attempts, while a window is open. */
async function goOnWith(
  registration: ServiceWorkerRegistration & SyncRegistration,
  tag: string,
): Promise<boolean> {
  try {
    await registration.sync?.register(tag)
    return registration.sync !== undefined
  } catch {
    // No window is open: the browser's own attempts have to do.
    return false
  }
}
