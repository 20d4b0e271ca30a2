import { describe, expect, it } from 'vitest'
import { readEndpoint } from '../../src/app/ui/endpoint.ts'
import { nameParts } from '../../src/app/ui/name-parts.ts'
import {
  actionsOf,
  bytesOf,
  fileKind,
  fractionOf,
  rowState,
  sameUpload,
  secondsLeft,
  sendingPhase,
} from '../../src/app/ui/upload-view.ts'
import { upload } from './samples.ts'

const WAITING = { kind: 'waiting', until: 1, trouble: { code: 'network' } } as const

describe('the phase of sending', () => {
  const of = (offset: number, sent: number) =>
    sendingPhase(upload('a', { kind: 'queued' }), { offset, sent, bytesPerSecond: null })

  it('is told by the bytes that move', () => {
    expect(sendingPhase(upload('a', { kind: 'queued' }, { offset: 500 }), undefined)).toBe('connecting')
    expect(of(0, 100)).toBe('sending')
    expect(of(400, 1_000)).toBe('answering')
    expect(of(1_000, 1_000)).toBe('sending')
  })
})

describe('state of a row', () => {
  it('is sending while somebody holds an upload that does not wait', () => {
    const active = new Set(['a'])
    expect(rowState(upload('a', { kind: 'queued' }), active)).toBe('sending')
    expect(rowState(upload('a', WAITING), active)).toBe('waiting')
    expect(rowState(upload('b', { kind: 'queued' }), active)).toBe('queued')
  })

  it('is what is stored when a person has paused what is still held', () => {
    expect(rowState(upload('a', { kind: 'paused' }), new Set(['a']))).toBe('paused')
  })

  it('offers nothing while it is cancelled, and no cancel once it has arrived', () => {
    expect(actionsOf('cancelling')).toEqual([])
    expect(actionsOf('complete')).not.toContain('cancel')
  })
})

describe('bytes of a row', () => {
  it('never go back behind what the database says', () => {
    const stored = upload('a', { kind: 'queued' }, { offset: 600 })
    expect(bytesOf(stored, { offset: 500, sent: 550, bytesPerSecond: null })).toEqual({
      offset: 600,
      sent: 600,
    })
  })

  it('never exceed the length', () => {
    const progress = { offset: 900, sent: 1_200, bytesPerSecond: null }
    expect(bytesOf(upload('a', { kind: 'queued' }), progress)).toEqual({ offset: 900, sent: 1_000 })
  })

  it('count an empty file as all there', () => {
    expect(fractionOf(0, 0)).toBe(1)
  })

  it('tell no time while the rate is unknown or nothing moves', () => {
    expect(secondsLeft(100, null)).toBeNull()
    expect(secondsLeft(100, 0)).toBeNull()
    expect(secondsLeft(100, 50)).toBe(2)
  })
})

describe('two readings of an upload', () => {
  it('are the same when nothing that shows has changed', () => {
    expect(sameUpload(upload('a', WAITING), upload('a', { ...WAITING }))).toBe(true)
    expect(sameUpload(upload('a', WAITING), upload('a', { ...WAITING, until: 2 }))).toBe(false)
    expect(sameUpload(upload('a', WAITING), upload('a', WAITING, { offset: 1 }))).toBe(false)
  })
})

describe('names', () => {
  it('keep their ending, and whole letters', () => {
    expect(nameParts('short.txt')).toEqual(['short.txt', ''])
    expect(nameParts('a very long name of a recording.wav')[1]).toBe('ording.wav')
    const [head, tail] = nameParts(`${'👩‍👩‍👧'.repeat(25)}`)
    expect([...new Intl.Segmenter().segment(tail)]).toHaveLength(10)
    expect(head + tail).toBe('👩‍👩‍👧'.repeat(25))
  })

  it('of types have a picture', () => {
    expect(fileKind('image/heic')).toBe('image')
    expect(fileKind('application/x-7z-compressed')).toBe('archive')
    expect(fileKind('application/pdf')).toBe('text')
    expect(fileKind('')).toBe('other')
  })
})

describe('the address of a server', () => {
  it.each(['ftp://example.org/', 'example.org', 'javascript:alert(1)', 'https://me:pw@example.org/'])(
    'is refused: %s',
    (text) => expect(readEndpoint(text).kind).toBe('invalid'),
  )

  it('is kept in its normal form, and nothing means the own server', () => {
    expect(readEndpoint(' HTTPS://Example.org/files ')).toEqual({
      kind: 'address',
      url: 'https://example.org/files',
    })
    expect(readEndpoint('  ')).toEqual({ kind: 'default' })
  })
})
