/** Why an upload does not go on, as a code that the page puts into words. */
export type Trouble =
  | { readonly code: 'network' }
  | { readonly code: 'stalled' }
  | { readonly code: 'server'; readonly status: number }
  | { readonly code: 'refused'; readonly status: number; readonly answer: string }
  | { readonly code: 'invalid-answer'; readonly answer: string }
  | { readonly code: 'damaged' }

/**
 * What is to become of an upload. That it is being sent right now is not among these: that is a lock
 * which is held, and never a stored fact, so nothing has to be mended after a crash.
 */
export type UploadState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'waiting'; readonly until: number; readonly trouble: Trouble }
  | { readonly kind: 'paused' }
  | { readonly kind: 'needs-sign-in' }
  | { readonly kind: 'needs-file' }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'cancelling' }
  | { readonly kind: 'complete'; readonly at: number }

export type StateKind = UploadState['kind']

/** Where the bytes of an upload are kept until the server has them. */
export type Storage = 'blob' | 'chunks' | 'none'

/** One file that is to get to the server. Lengths and offsets in bytes, times in ms since 1970. */
export interface Upload {
  /** Also the idempotency key of its creation. */
  readonly id: string
  /** The post that it belongs to. */
  readonly entryId: string
  readonly endpoint: string
  readonly name: string
  /** Path within a dropped folder; the name for a single file. */
  readonly path: string
  readonly type: string
  readonly length: number
  readonly modifiedAt: number
  readonly addedAt: number
  /** Uploads are sent in this order. */
  readonly order: number
  readonly storage: Storage
  readonly state: UploadState
  readonly url: string | null
  /** What the server had when it was last asked: a hint for the page, never the truth. */
  readonly offset: number
  /** Attempts since a byte was last acknowledged. */
  readonly attempts: number
  readonly expiresAt: number | null
}

/** What a person says about the files of one post. */
export interface Entry {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly place: { readonly latitude: number; readonly longitude: number } | null
  readonly addedAt: number
}

/** Whether a trouble may be over as soon as there is a network again. */
export function isOfNetwork(trouble: Trouble): boolean {
  return trouble.code === 'network' || trouble.code === 'stalled'
}

/** Whether an upload is to be sent when somebody can. */
export function isDue(upload: Upload, now: number): boolean {
  switch (upload.state.kind) {
    case 'queued':
    case 'cancelling':
      return true
    case 'waiting':
      return upload.state.until <= now
    case 'paused':
    case 'needs-sign-in':
    case 'needs-file':
    case 'failed':
    case 'complete':
      return false
  }
}
