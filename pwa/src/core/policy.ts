import type { Trouble } from './upload.ts'

const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 60_000

/**
 * The wait before the next attempt: a random time that doubles (exponential backoff with full jitter),
 * or what the server asks for.
 */
export function delayMs(attempts: number, retryAfterMs: number | null, random: () => number): number {
  if (retryAfterMs !== null) return Math.min(retryAfterMs, 24 * 3_600_000)
  const bound = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts, 16))
  return Math.round(bound * (0.1 + 0.9 * random()))
}

const FIRST_LENGTH = 1 << 20
const MIN_LENGTH = 256 << 10
const MAX_LENGTH = 64 << 20
const CHECKED_MAX_LENGTH = 16 << 20
const TARGET_MS = 2_000

/** How many bytes the next request carries: about two seconds' worth, because its end is the progress. */
export class RequestLength {
  #next = FIRST_LENGTH
  readonly #most: number

  /** @param checked whether bytes count only when their whole request has arrived */
  constructor(checked: boolean) {
    this.#most = checked ? CHECKED_MAX_LENGTH : MAX_LENGTH
  }

  get next(): number {
    return this.#next
  }

  /** A request got through. */
  sent(bytes: number, elapsedMs: number): void {
    if (bytes < this.#next) return
    const wanted = (bytes / Math.max(1, elapsedMs)) * TARGET_MS
    this.#next = Math.round(Math.min(this.#most, this.#next * 4, Math.max(MIN_LENGTH, wanted)))
  }

  /** A request did not get through. @returns whether a smaller one is worth a try */
  shrink(): boolean {
    if (this.#next <= MIN_LENGTH) return false
    this.#next = Math.max(MIN_LENGTH, Math.round(this.#next / 4))
    return true
  }

  /** How long such a request may take before it counts as stalled. */
  stallTimeoutMs(bytesPerMs: number | null): number {
    return Math.max(30_000, bytesPerMs === null ? 0 : (4 * this.#next) / bytesPerMs)
  }
}

/** What the status of an answer means for the upload (tus 1.0.0). */
export type Meaning =
  | { readonly kind: 'again'; readonly trouble: Trouble }
  | { readonly kind: 'ask-offset' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'refused'; readonly trouble: Trouble }

export function meaningOf(status: number, answer: string): Meaning {
  switch (status) {
    case 401:
    case 403:
      return { kind: 'sign-in' }
    case 404:
    case 410:
      return { kind: 'gone' }
    case 409:
      return { kind: 'ask-offset' }
    case 413:
      return { kind: 'too-large' }
    case 460:
      return { kind: 'damaged' }
    case 408:
    case 423:
    case 425:
    case 429:
      return { kind: 'again', trouble: { code: 'server', status } }
    case 501:
    case 505:
      return { kind: 'refused', trouble: { code: 'refused', status, answer } }
    default:
      return status >= 500
        ? { kind: 'again', trouble: { code: 'server', status } }
        : { kind: 'refused', trouble: { code: 'refused', status, answer } }
  }
}
