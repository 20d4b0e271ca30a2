import { describe, expect, it } from 'vitest'
import { transition, type UploadEvent } from '../../src/core/transition.ts'
import type { StateKind, Upload, UploadState } from '../../src/core/upload.ts'

const TROUBLE = { code: 'network' } as const
const STATES: Record<StateKind, UploadState> = {
  queued: { kind: 'queued' },
  waiting: { kind: 'waiting', until: 5, trouble: TROUBLE },
  paused: { kind: 'paused' },
  'needs-sign-in': { kind: 'needs-sign-in' },
  'needs-file': { kind: 'needs-file' },
  failed: { kind: 'failed', trouble: TROUBLE },
  cancelling: { kind: 'cancelling' },
  complete: { kind: 'complete', at: 1 },
}
const HINDERED: UploadEvent = { kind: 'hindered', until: 9, trouble: TROUBLE }

function upload(state: UploadState): Upload {
  return {
    id: 'a',
    entryId: 'e',
    endpoint: 'http://server/files',
    name: 'a.txt',
    path: 'a.txt',
    type: 'text/plain',
    length: 100,
    modifiedAt: 1,
    addedAt: 1,
    order: 1,
    storage: 'blob',
    state,
    url: 'http://server/files/1',
    offset: 40,
    attempts: 2,
    expiresAt: 7,
  }
}

function kindAfter(state: StateKind, event: UploadEvent): StateKind {
  return transition(upload(STATES[state]), event).state.kind
}

describe('an upload after an event', () => {
  it.each<[StateKind, UploadEvent, StateKind]>([
    ['queued', HINDERED, 'waiting'],
    ['waiting', { kind: 'resumed' }, 'queued'],
    ['waiting', { kind: 'paused' }, 'paused'],
    ['paused', HINDERED, 'paused'],
    ['paused', { kind: 'lost' }, 'paused'],
    ['paused', { kind: 'sign-in-needed' }, 'paused'],
    ['paused', { kind: 'resumed' }, 'queued'],
    ['paused', { kind: 'completed', at: 3 }, 'complete'],
    ['queued', { kind: 'sign-in-needed' }, 'needs-sign-in'],
    ['needs-sign-in', { kind: 'resumed' }, 'queued'],
    ['queued', { kind: 'file-missing' }, 'needs-file'],
    ['queued', { kind: 'given-up', trouble: TROUBLE }, 'failed'],
    ['failed', { kind: 'paused' }, 'failed'],
    ['failed', { kind: 'resumed' }, 'queued'],
    ['queued', { kind: 'lost' }, 'queued'],
    ['waiting', { kind: 'cancelled' }, 'cancelling'],
  ])('%s, %o: %s', (before, event, expected) => {
    expect(kindAfter(before, event)).toBe(expected)
  })

  it.each<UploadEvent>([
    HINDERED,
    { kind: 'paused' },
    { kind: 'resumed' },
    { kind: 'lost' },
    { kind: 'cancelled' },
    { kind: 'acknowledged', offset: 1, expiresAt: null },
  ])('stays complete, and stays cancelled: %o', (event) => {
    expect(kindAfter('complete', event)).toBe('complete')
    expect(kindAfter('cancelling', event)).toBe('cancelling')
  })

  it('forgets the URL of an upload that the server lost, and nothing else', () => {
    const lost = transition(upload(STATES.queued), { kind: 'lost' })
    expect(lost).toMatchObject({ url: null, offset: 0, storage: 'blob', expiresAt: null })
  })

  it('keeps the URL while a sign-in is needed', () => {
    const needy = transition(upload(STATES.queued), { kind: 'sign-in-needed' })
    expect(needy).toMatchObject({ url: 'http://server/files/1', offset: 40 })
  })

  it('waits no longer when the server answers as it should', () => {
    const answered = { kind: 'acknowledged', offset: 50, expiresAt: null } as const
    expect(kindAfter('waiting', answered)).toBe('queued')
    expect(kindAfter('paused', answered)).toBe('paused')
  })

  it('counts attempts until a byte is acknowledged', () => {
    const hindered = transition(upload(STATES.queued), HINDERED)
    const going = transition(hindered, { kind: 'acknowledged', offset: 50, expiresAt: null })
    expect([hindered.attempts, going.attempts, going.offset]).toEqual([3, 0, 50])
  })
})
