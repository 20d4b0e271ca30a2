import type { Upload } from '../../core/upload.ts'
import type { Progress } from '../model.ts'
import { bytesOf } from './upload-view.ts'

/** How far everything is that has not arrived, with what arrived of the same posts. */
export interface Totals {
  readonly length: number
  readonly offset: number
  readonly sent: number
  /** All that is counted. */
  readonly count: number
  /** Uploads that have not arrived. */
  readonly left: number
  /** Those that can be paused, and those that can go on. */
  readonly pausable: number
  readonly resumable: number
  /** Of all that are being sent together; null while unknown. */
  readonly bytesPerSecond: number | null
}

export function totalsOf(
  uploads: readonly Upload[],
  progress: ReadonlyMap<string, Progress>,
  active: ReadonlySet<string>,
): Totals {
  const open = new Set(uploads.filter(isOpen).map((upload) => upload.entryId))
  const counted = uploads.filter((upload) => open.has(upload.entryId) && upload.state.kind !== 'cancelling')
  const bytes = counted.map((upload) => bytesOf(upload, progress.get(upload.id)))
  const rates = [...active].flatMap((id) => progress.get(id)?.bytesPerSecond ?? [])
  return {
    length: sum(counted.map((upload) => upload.length)),
    offset: sum(bytes.map((each) => each.offset)),
    sent: sum(bytes.map((each) => each.sent)),
    count: counted.length,
    left: counted.filter(isOpen).length,
    pausable: counted.filter(canPause).length,
    resumable: counted.filter(canResume).length,
    bytesPerSecond: rates.length === 0 ? null : sum(rates),
  }
}

/** Not arrived, and not given up. */
export function isOpen(upload: Upload): boolean {
  return upload.state.kind !== 'complete' && upload.state.kind !== 'cancelling'
}

export function canPause(upload: Upload): boolean {
  return upload.state.kind === 'queued' || upload.state.kind === 'waiting'
}

export function canResume(upload: Upload): boolean {
  return upload.state.kind === 'paused' || upload.state.kind === 'failed'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
