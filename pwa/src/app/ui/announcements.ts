import type { Upload } from '../../core/upload.ts'
import type { Totals } from './totals.ts'
import { fractionOf } from './upload-view.ts'

/** Of more than these, arrivals are not named one by one. */
const FEW = 5

/** What is to be said aloud. */
export type Announcement =
  | { readonly kind: 'progress'; readonly fraction: number; readonly left: number }
  | { readonly kind: 'complete'; readonly name: string }
  | { readonly kind: 'all-complete' }
  | { readonly kind: 'failed'; readonly upload: Upload }

/**
 * Chooses the few moments of an upload that a screen reader should speak of: every quarter of the whole,
 * an arrival, the last arrival, a failure. What was so at the beginning is not news.
 */
export class Announcements {
  #known: ReadonlyMap<string, Upload> | null = null
  #quarter = 0
  #arrived = 0

  next(uploads: readonly Upload[], totals: Totals): readonly Announcement[] {
    const known = this.#known
    this.#known = new Map(uploads.map((upload) => [upload.id, upload]))
    const quarter = Math.floor(fractionOf(totals.offset, totals.length) * 4)
    const before = this.#quarter
    this.#quarter = totals.left === 0 ? 0 : quarter
    if (known === null) return []
    const failed = uploads.filter((upload) => became('failed', upload, known))
    return [
      ...failed.map((upload): Announcement => ({ kind: 'failed', upload })),
      ...this.#good(
        uploads.filter((upload) => became('complete', upload, known)),
        totals,
        before,
      ),
    ]
  }

  #good(arrived: readonly Upload[], totals: Totals, before: number): readonly Announcement[] {
    this.#arrived += arrived.length
    const last = arrived.at(-1)
    if (totals.left === 0) return last === undefined ? [] : [this.#allGood(last)]
    if (this.#quarter > before && this.#quarter < 4) {
      return [{ kind: 'progress', fraction: fractionOf(totals.offset, totals.length), left: totals.left }]
    }
    return last !== undefined && totals.left < FEW ? [{ kind: 'complete', name: last.name }] : []
  }

  #allGood(last: Upload): Announcement {
    const several = this.#arrived > 1
    this.#arrived = 0
    return several ? { kind: 'all-complete' } : { kind: 'complete', name: last.name }
  }
}

function became(kind: 'failed' | 'complete', upload: Upload, known: ReadonlyMap<string, Upload>): boolean {
  const before = known.get(upload.id)
  return upload.state.kind === kind && before !== undefined && before.state.kind !== kind
}
