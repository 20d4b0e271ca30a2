import { registerSync } from '../core/background-sync.ts'
import type { Drain } from '../core/drain.ts'
import { whenNoPageSends } from '../core/locks.ts'
import type { UploadQueue } from '../core/queue.ts'
import { sleep } from '../core/sleep.ts'

/** Chrome ends a sync event after three minutes, in the middle of a request: less is used. */
export const BUDGET_MS = 150_000

/** How long nothing is looked at when no time is known, as on a metered connection. */
const LOOK_AGAIN_MS = 15_000

/** Sends in the background while no page does, in the time that an event gives. */
export class BackgroundWork {
  readonly #queue: UploadQueue
  readonly #drain: Drain
  readonly #budgetMs: number
  readonly #end = new AbortController()
  #running: Promise<number> | null = null

  constructor(queue: UploadQueue, drain: Drain, budgetMs = BUDGET_MS) {
    this.#queue = queue
    this.#drain = drain
    this.#budgetMs = budgetMs
  }

  /** Several events share one run. @returns how many uploads are left when the time is up */
  async run(): Promise<number> {
    this.#running ??= this.#within(this.#budget()).finally(() => {
      this.#running = null
    })
    return await this.#running
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  /**
   * Ends what goes on, for good: a newer version takes over only when this one has no event to handle,
   * and one that waits for a page to stop sending would go on for minutes.
   */
  letGo(): void {
    this.#end.abort()
  }

  get hasLetGo(): boolean {
    return this.#end.signal.aborted
  }

  #budget(): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(this.#budgetMs), this.#end.signal])
  }

  async #within(budget: AbortSignal): Promise<number> {
    const wanted = async () => (await this.#queue.left()) > 0
    while (!budget.aborted && (await wanted())) {
      await whenNoPageSends(budget, wanted, () => this.#drain.run(budget))
      await this.#untilDue(budget)
    }
    return await this.#queue.left()
  }

  async #untilDue(budget: AbortSignal): Promise<void> {
    if ((await this.#queue.left()) === 0) return
    const nextAt = (await this.#queue.nextDueAt()) ?? Date.now() + LOOK_AGAIN_MS
    await sleep(Math.max(1_000, nextAt - Date.now()), budget)
  }
}

/**
 * Handles a sync event. When something is left, it arranges to go on: by registering the tag that is
 * firing, which fires again with fresh attempts but needs an open window; or by rejecting, so that the
 * browser tries again.
 *
 * @throws Error when the browser is to try again
 */
export async function onSync(
  work: BackgroundWork,
  registration: ServiceWorkerRegistration,
  tag: string,
): Promise<void> {
  const joined = work.isRunning
  const left = await work.run()
  if (left === 0) return
  // The same tag would fire here again; the newer version gets one from the page, or the next try.
  if (work.hasLetGo) throw new Error(`${left} uploads are left for the newer version`)
  // Who joined has nothing to arrange while the first goes on; else tags would become more and more.
  const goesOn = joined || (await registerSync(registration, tag))
  if (!goesOn) throw new Error(`${left} uploads are left`)
}
