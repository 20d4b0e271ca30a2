type Run = (lock: object | null) => Promise<unknown>

interface Options {
  readonly mode?: 'shared' | 'exclusive'
  readonly ifAvailable?: boolean
  readonly signal?: AbortSignal
}

/** Web Locks within one context, as far as the core uses them. */
export class MemoryLocks {
  readonly #held = new Map<string, Set<{ readonly shared: boolean }>>()
  readonly #changed = new Set<() => void>()

  async request(name: string, ...given: readonly [Run] | readonly [Options, Run]): Promise<unknown> {
    const [options, run] = given.length === 1 ? [{}, given[0]] : given
    const mine = { shared: options.mode === 'shared' }
    while (!this.#isFree(name, mine.shared)) {
      if (options.ifAvailable) return await run(null)
      await this.#change(options.signal)
    }
    const holders = this.#held.get(name) ?? new Set()
    this.#held.set(name, holders.add(mine))
    try {
      return await run({})
    } finally {
      holders.delete(mine)
      for (const wake of [...this.#changed]) wake()
    }
  }

  async query(): Promise<{ readonly held: readonly { readonly name: string }[] }> {
    const held = [...this.#held].filter(([, holders]) => holders.size > 0)
    return { held: held.map(([name]) => ({ name })) }
  }

  #isFree(name: string, shared: boolean): boolean {
    const holders = [...(this.#held.get(name) ?? [])]
    return holders.length === 0 || (shared && holders.every((holder) => holder.shared))
  }

  async #change(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const wake = () => {
        this.#changed.delete(wake)
        resolve()
      }
      this.#changed.add(wake)
      signal?.addEventListener('abort', () => {
        this.#changed.delete(wake)
        reject(signal.reason)
      })
    })
  }
}
