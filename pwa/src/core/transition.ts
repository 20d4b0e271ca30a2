import type { Trouble, Upload, UploadState } from './upload.ts'

/** What happens to an upload: by a person, by the server, or by the network. */
export type UploadEvent =
  | { readonly kind: 'created'; readonly url: string; readonly expiresAt: number | null }
  | { readonly kind: 'acknowledged'; readonly offset: number; readonly expiresAt: number | null }
  | { readonly kind: 'completed'; readonly at: number }
  | { readonly kind: 'hindered'; readonly until: number; readonly trouble: Trouble }
  | { readonly kind: 'lost' }
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'file-missing' }
  | { readonly kind: 'given-up'; readonly trouble: Trouble }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'cancelled' }

/** The upload after an event. Events that come too late, or twice, change nothing. */
export function transition(upload: Upload, event: UploadEvent): Upload {
  if (upload.state.kind === 'complete' || upload.state.kind === 'cancelling') return upload
  switch (event.kind) {
    case 'created':
      return { ...goingOn(upload), url: event.url, offset: 0, expiresAt: event.expiresAt }
    case 'acknowledged':
      return {
        ...goingOn(upload),
        offset: event.offset,
        attempts: 0,
        expiresAt: event.expiresAt ?? upload.expiresAt,
      }
    case 'completed':
      return {
        ...upload,
        offset: upload.length,
        attempts: 0,
        storage: 'none',
        expiresAt: null,
        state: { kind: 'complete', at: event.at },
      }
    case 'hindered':
      return unlessPaused(upload, { kind: 'waiting', until: event.until, trouble: event.trouble })
    case 'lost':
      return { ...unlessPaused(upload, { kind: 'queued' }), url: null, offset: 0, expiresAt: null }
    case 'sign-in-needed':
      return unlessPaused(upload, { kind: 'needs-sign-in' })
    case 'file-missing':
      return inState(upload, { kind: 'needs-file' })
    case 'given-up':
      return inState(upload, { kind: 'failed', trouble: event.trouble })
    case 'paused':
      return upload.state.kind === 'failed' ? upload : inState(upload, { kind: 'paused' })
    case 'resumed':
      return { ...inState(upload, { kind: 'queued' }), attempts: 0 }
    case 'cancelled':
      return inState(upload, { kind: 'cancelling' })
  }
}

/** The server answers as it should: nothing is waited for any more. */
function goingOn(upload: Upload): Upload {
  return upload.state.kind === 'waiting' ? inState(upload, { kind: 'queued' }) : upload
}

/** A person's pause stays, whatever the network says meanwhile. */
function unlessPaused(upload: Upload, state: UploadState): Upload {
  const attempts = state.kind === 'waiting' ? upload.attempts + 1 : upload.attempts
  return upload.state.kind === 'paused' ? upload : { ...upload, state, attempts }
}

function inState(upload: Upload, state: UploadState): Upload {
  return { ...upload, state }
}
