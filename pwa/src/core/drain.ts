import { send } from './sending.ts'
import type { SendingContext } from './sending-context.ts'

const AT_ONCE = 3

/** Takes the lock of one upload and runs something under it. @returns false when it was not to be had */
export type Claim = (id: string, run: () => Promise<void>) => Promise<boolean>

/** Sends everything that is due, a few at a time, each under its lock, until nothing is due any more. */
export class Drain {
  readonly #context: SendingContext
  readonly #claim: Claim
  /** What is to be sent, and what of it is being sent. */
  #ids: string[] = []
  readonly #taken = new Set<string>()
  readonly #lanes = new Set<Promise<void>>()

  constructor(context: SendingContext, claim: Claim) {
    this.#context = context
    this.#claim = claim
  }

  /**
   * Resolves when nothing is due, or soon after the signal. Calls meanwhile share the work: they bring in
   * what has become due since.
   */
  async run(stop: AbortSignal): Promise<void> {
    if (!(await this.#context.prepare())) return
    const due = await this.#context.queue.due(this.#context.now())
    this.#ids = due.map((upload) => upload.id).filter((id) => !this.#taken.has(id))
    while (this.#lanes.size < AT_ONCE && this.#lanes.size < this.#ids.length + this.#taken.size) {
      const lane: Promise<void> = this.#lane(stop).finally(() => this.#lanes.delete(lane))
      this.#lanes.add(lane)
    }
    while (this.#lanes.size > 0) await Promise.all(this.#lanes)
  }

  async #lane(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const id = this.#ids.shift()
      if (id === undefined) return
      this.#taken.add(id)
      await this.#claimed(id, stop).finally(() => this.#taken.delete(id))
    }
  }

  /** That it is not being sent any more is said after the lock is free: who hears it may look. */
  async #claimed(id: string, stop: AbortSignal): Promise<void> {
    let began = false
    try {
      await this.#claim(id, async () => {
        began = true
        this.#context.bus.post({ kind: 'sending', id, active: true })
        await this.#send(id, stop)
      })
    } finally {
      if (began) this.#context.bus.post({ kind: 'sending', id, active: false })
    }
  }

  async #send(id: string, stop: AbortSignal): Promise<void> {
    const mine = new AbortController()
    const end = () => mine.abort()
    stop.addEventListener('abort', end)
    const forget = this.#context.bus.listen((message) => {
      if (message.kind === 'stop' && message.ids.includes(id)) end()
    })
    try {
      await send(id, this.#context, mine.signal)
    } finally {
      stop.removeEventListener('abort', end)
      forget()
    }
  }
}
