const WINDOW_MS = 10_000
const LEAST_MS = 800

/** Bytes per second over the last ten seconds. */
export class Rate {
  readonly #samples: { readonly bytes: number; readonly at: number }[] = []

  /** @param bytes in all so far; when fewer than before, counting begins anew */
  add(bytes: number, at: number): void {
    const last = this.#samples.at(-1)
    if (last !== undefined && bytes < last.bytes) this.#samples.length = 0
    this.#samples.push({ bytes, at })
    while ((this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift()
  }

  /** Null until enough time was seen. */
  get bytesPerSecond(): number | null {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (first === undefined || last === undefined || last.at - first.at < LEAST_MS) return null
    return ((last.bytes - first.bytes) * 1_000) / (last.at - first.at)
  }
}
