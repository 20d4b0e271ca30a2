import { Transform, type TransformCallback } from 'node:stream'
import type { Exchange } from './exchange.ts'

const LOOK_AGAIN_MS = 20

/** How fast bodies flow; null is as fast as they can. */
export interface Pace {
  bytesPerSecond: number | null
}

/** Passes a body on at a pace, counts it, and breaks off where it is to be cut. */
export class BodyFlow extends Transform {
  readonly #pace: Pace
  readonly #exchange: Exchange
  readonly #cutAfter: number | null

  constructor(pace: Pace, exchange: Exchange, cutAfter: number | null) {
    super({ highWaterMark: 16 << 10 })
    this.#pace = pace
    this.#exchange = exchange
    this.#cutAfter = cutAfter
  }

  override _transform(piece: Buffer, _encoding: string, done: TransformCallback): void {
    const left = (this.#cutAfter ?? Number.POSITIVE_INFINITY) - this.#exchange.bodyBytes
    if (left < piece.length) {
      this.push(piece.subarray(0, left))
      this.#exchange.bodyBytes += left
      done(new Error('cut'))
      return
    }
    this.#await(piece, Date.now(), done)
  }

  /** Looks at the pace again and again, because it may change meanwhile. */
  #await(piece: Buffer, since: number, done: TransformCallback): void {
    const { bytesPerSecond } = this.#pace
    const due = bytesPerSecond === null ? since : since + (piece.length * 1_000) / bytesPerSecond
    if (this.destroyed) return
    if (Date.now() < due) {
      setTimeout(() => this.#await(piece, since, done), Math.min(LOOK_AGAIN_MS, due - Date.now()))
      return
    }
    this.#exchange.bodyBytes += piece.length
    done(null, piece)
  }
}
