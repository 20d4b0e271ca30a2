import type { StateKind, Trouble, Upload } from '../../core/upload.ts'
import type { Progress } from '../model.ts'

/** What a row shows: the stored state, or that some context sends the upload right now. */
export type RowState = StateKind | 'sending'

/** What a person can do with a row. */
export type RowAction =
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'retry'
  | 'supply'
  | 'copy'
  | 'download'
  | 'keep'
  | 'forget'

export function rowState(upload: Upload, active: ReadonlySet<string>): RowState {
  const kind = upload.state.kind
  // One that waits is tried now and then, which is not worth a word until the server answers.
  return active.has(upload.id) && kind === 'queued' ? 'sending' : kind
}

/** The actions of a state, the main one first. */
export function actionsOf(state: RowState): readonly RowAction[] {
  switch (state) {
    case 'sending':
    case 'queued':
      return ['pause', 'cancel']
    case 'waiting':
      return ['retry', 'pause', 'cancel']
    case 'paused':
      return ['resume', 'cancel']
    case 'needs-sign-in':
    case 'failed':
      return ['retry', 'cancel']
    case 'needs-file':
      return ['supply', 'cancel']
    case 'cancelling':
      return []
    case 'complete':
      return ['copy', 'download', 'keep', 'forget']
  }
}

/** Bytes that the server has and that were sent, as far as is known. */
export function bytesOf(upload: Upload, progress: Progress | undefined): Pick<Progress, 'offset' | 'sent'> {
  const offset = Math.min(upload.length, Math.max(upload.offset, progress?.offset ?? 0))
  return { offset, sent: Math.min(upload.length, Math.max(offset, progress?.sent ?? 0)) }
}

/**
 * What sending is at: no byte has moved in this turn, bytes are on their way, or all of them went and the
 * server has not said yet that it has them.
 */
export function sendingPhase(
  upload: Upload,
  progress: Progress | undefined,
): 'connecting' | 'sending' | 'answering' {
  if (progress === undefined) return 'connecting'
  const { offset, sent } = bytesOf(upload, progress)
  return sent === upload.length && offset < upload.length ? 'answering' : 'sending'
}

/** A part of a whole; of nothing, all of it is there. */
export function fractionOf(part: number, length: number): number {
  return length === 0 ? 1 : Math.min(1, part / length)
}

/** Seconds until the rest was sent; null while nobody can tell. */
export function secondsLeft(left: number, bytesPerSecond: number | null): number | null {
  return bytesPerSecond === null || bytesPerSecond <= 0 ? null : left / bytesPerSecond
}

/** Whether two readings of the same upload show the same. */
export function sameUpload(one: Upload, other: Upload): boolean {
  return (
    one.offset === other.offset &&
    one.attempts === other.attempts &&
    one.url === other.url &&
    one.storage === other.storage &&
    one.expiresAt === other.expiresAt &&
    JSON.stringify(one.state) === JSON.stringify(other.state)
  )
}

/** The trouble that a state tells of. */
export function troubleOf(upload: Upload): Trouble | null {
  return upload.state.kind === 'waiting' || upload.state.kind === 'failed' ? upload.state.trouble : null
}

/** A kind of file, for its picture. */
export type FileKind = 'image' | 'video' | 'audio' | 'text' | 'archive' | 'other'

export function fileKind(type: string): FileKind {
  const [family = ''] = type.split('/')
  if (family === 'image' || family === 'video' || family === 'audio' || family === 'text') return family
  if (/zip|compressed|x-tar|gzip|7z|rar/.test(type)) return 'archive'
  return /pdf|document|msword|rtf/.test(type) ? 'text' : 'other'
}
