import type { SendingContext } from './sending.ts'
import { send } from './sending.ts'
import type { Entry } from './upload.ts'

const AT_ONCE = 3

/** Takes the lock of one upload and runs something under it. @returns false when it was not to be had */
export type Claim = (id: string, run: () => Promise<void>) => Promise<boolean>

/** What is left when a drain ends. */
export interface Drained {
  /** Uploads that somebody should go on with: at once, or at {@link nextAt}. */
  readonly left: number
  readonly nextAt: number | null
}

/**
 * Sends everything that is due, a few at a time, each under its lock, until nothing is due or the signal
 * comes. Only one runs in a context at a time: a second call waits for the first and looks again.
 */
export class Drain {
  readonly #context: SendingContext
  readonly #claim: Claim
  #running: Promise<Drained> | null = null

  constructor(context: SendingContext, claim: Claim) {
    this.#context = context
    this.#claim = claim
  }

  async run(stop: AbortSignal): Promise<Drained> {
    if (this.#running !== null) await this.#running.catch(() => undefined)
    const running = this.#drain(stop)
    this.#running = running
    try {
      return await running
    } finally {
      if (this.#running === running) this.#running = null
    }
  }

  async #drain(stop: AbortSignal): Promise<Drained> {
    const taken = new Set<string>()
    if (await this.#context.prepare()) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#lane(taken, stop)))
    }
    const uploads = await this.#context.queue.all()
    const left = uploads.filter((upload) => ['queued', 'waiting', 'cancelling'].includes(upload.state.kind))
    return { left: left.length, nextAt: await this.#context.queue.nextDueAt() }
  }

  /** Takes one upload after the other; none twice in a drain, so that a drain ends. */
  async #lane(taken: Set<string>, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const due = await this.#context.queue.due(this.#context.now())
      const next = due.find((upload) => !taken.has(upload.id))
      if (next === undefined) return
      taken.add(next.id)
      const entry = await this.#context.queue.entry(next.entryId)
      await this.#claim(next.id, () => this.#send(next.id, entry, stop))
    }
  }

  async #send(id: string, entry: Entry | undefined, stop: AbortSignal): Promise<void> {
    const mine = new AbortController()
    const end = () => mine.abort()
    stop.addEventListener('abort', end)
    const forget = this.#context.bus.listen((message) => {
      if (message.kind === 'stop' && message.ids.includes(id)) end()
    })
    this.#context.bus.post({ kind: 'sending', id, active: true })
    try {
      await send(id, entry, this.#context, mine.signal)
    } finally {
      stop.removeEventListener('abort', end)
      forget()
      this.#context.bus.post({ kind: 'sending', id, active: false })
    }
  }
}
