import { describe, expect, it } from 'vitest'
import { en } from '../../src/app/i18n/en.ts'
import { Translator } from '../../src/app/i18n/translator.ts'
import { Announcements } from '../../src/app/ui/announcements.ts'
import { groupsOf, shownGroups, shownUploads } from '../../src/app/ui/groups.ts'
import { totalsOf } from '../../src/app/ui/totals.ts'
import { readable, troubleWords } from '../../src/app/ui/trouble-words.ts'
import type { Upload } from '../../src/core/upload.ts'
import { upload } from './samples.ts'

const QUEUED = { kind: 'queued' } as const
const COMPLETE = { kind: 'complete', at: 1 } as const
const FAILED = { kind: 'failed', trouble: { code: 'damaged' } } as const

describe('groups', () => {
  it('arrive when their last upload has, the newest first', () => {
    const uploads = [
      upload('a', COMPLETE, { entryId: 'old', addedAt: 1 }),
      upload('b', COMPLETE, { entryId: 'half', addedAt: 2 }),
      upload('c', QUEUED, { entryId: 'half', addedAt: 2 }),
      upload('d', QUEUED, { entryId: 'new', addedAt: 3 }),
    ]
    const { onTheWay, arrived } = groupsOf(uploads, new Map())
    expect(onTheWay.map((group) => group.id)).toEqual(['new', 'half'])
    expect(arrived.map((group) => group.id)).toEqual(['old'])
  })

  it('show of many uploads those first that have not arrived', () => {
    const uploads = [upload('a', COMPLETE), upload('b', QUEUED), upload('c', COMPLETE), upload('d', QUEUED)]
    expect(shownUploads(uploads, 4)).toEqual(uploads)
    expect(shownUploads(uploads, 3).map(({ id }) => id)).toEqual(['b', 'd', 'a'])
  })

  it('are shown whole, until they hold enough uploads', () => {
    const uploads = ['a', 'b', 'c', 'd'].map((id, index) =>
      upload(id, QUEUED, { entryId: index < 2 ? 'two' : id, addedAt: -index }),
    )
    const { onTheWay } = groupsOf(uploads, new Map())
    expect(shownGroups(onTheWay, 1, new Set()).map(({ id }) => id)).toEqual(['two'])
    expect(shownGroups(onTheWay, 3, new Set()).map(({ id }) => id)).toEqual(['two', 'c'])
    expect(shownGroups(onTheWay, 1, new Set(['d'])).map(({ id }) => id)).toEqual(['two', 'd'])
  })
})

describe('totals', () => {
  it('count the whole of unfinished posts, and nothing of finished or cancelled ones', () => {
    const uploads = [
      upload('a', COMPLETE, { offset: 1_000 }),
      upload('b', QUEUED, { offset: 100 }),
      upload('c', { kind: 'cancelling' }),
      upload('d', COMPLETE, { entryId: 'other', offset: 1_000 }),
    ]
    const progress = new Map([['b', { offset: 200, sent: 400, bytesPerSecond: 50 }]])
    const totals = totalsOf(uploads, progress, new Set(['b']))
    expect(totals).toMatchObject({ length: 2_000, offset: 1_200, sent: 1_400, left: 1, bytesPerSecond: 50 })
  })
})

describe('announcements', () => {
  const next = (announcements: Announcements, uploads: readonly Upload[]) =>
    announcements.next(uploads, totalsOf(uploads, new Map(), new Set()))
  const at = (offset: number) => [upload('a', QUEUED, { offset })]

  it('say nothing of what was so when the page was opened', () => {
    expect(next(new Announcements(), [upload('a', FAILED), upload('b', COMPLETE)])).toEqual([])
  })

  it('speak once a quarter', () => {
    const announcements = new Announcements()
    next(announcements, at(0))
    const spoken = [10, 249, 250, 300, 499, 760, 1_000].flatMap((offset) => next(announcements, at(offset)))
    expect(spoken).toEqual([
      { kind: 'progress', fraction: 0.25, left: 1 },
      { kind: 'progress', fraction: 0.76, left: 1 },
    ])
  })

  it('name the file that has arrived, and say when it was the last of several', () => {
    const announcements = new Announcements()
    next(announcements, [upload('a', QUEUED), upload('b', QUEUED, { length: 9_000 })])
    const arrived = upload('a', COMPLETE, { offset: 1_000 })
    expect(next(announcements, [arrived, upload('b', QUEUED, { length: 9_000 })])).toEqual([
      { kind: 'complete', name: 'a.bin' },
    ])
    const last = upload('b', COMPLETE, { length: 9_000, offset: 9_000 })
    expect(next(announcements, [arrived, last])).toEqual([{ kind: 'all-complete' }])
  })

  it('speak of a failure once', () => {
    const announcements = new Announcements()
    next(announcements, [upload('a', QUEUED)])
    const failed = upload('a', FAILED)
    expect(next(announcements, [failed])).toEqual([{ kind: 'failed', upload: failed }])
    expect(next(announcements, [failed])).toEqual([])
  })
})

describe('troubles in words', () => {
  const words = new Translator('en', en)

  it('say of a waiting upload that it is tried again, of a failed one what to do', () => {
    expect(troubleWords(words, { code: 'network' }, false).advice).toBe(en.adviceAgain)
    expect(troubleWords(words, { code: 'network' }, true).advice).toBe(en.adviceRetry)
  })

  it('tell a file that is too large from one that is refused', () => {
    const refused = (status: number) =>
      troubleWords(words, { code: 'refused', status, answer: '' }, true).what
    expect(refused(413)).toBe(en.troubleTooLarge)
    expect(refused(415)).toContain('415')
  })

  it('show the detail of a problem document, a plain text, and no markup', () => {
    expect(readable('{"title":"no","detail":"The limit is 5."}')).toBe('The limit is 5.')
    expect(readable(' plain\n text ')).toBe('plain text')
    expect(readable('<html>no</html>')).toBe('')
    expect(readable('{"code":1}')).toBe('')
    expect(readable('x'.repeat(500))).toHaveLength(201)
  })
})
