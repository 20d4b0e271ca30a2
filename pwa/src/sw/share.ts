import { type Database, isQuotaError } from '../core/db.ts'
import { whileReceiving } from '../core/locks.ts'
import { NoRoom } from '../core/queue.ts'
import { type Share, Shares } from '../core/shares.ts'
import { type Part, partsOf } from './multipart.ts'
import { Receiving, TooMuch } from './receiving.ts'

/** What became of a share, for the address of the page. */
type Outcome = Readonly<Partial<Record<'unreadable' | 'noroom' | 'full', number>>> & {
  readonly shared: number
}

/**
 * Keeps what another app, or any web site, shares, and leads to the page, where the person decides about
 * it: nothing is sent from here. It answers only when all is stored: the app that shares may be closed then.
 */
export async function acceptShare(request: Request, db: Database): Promise<Response> {
  const share = emptyShare()
  const outcome = await whileReceiving(share.id, () => receive(request, db, share))
  return leadToPage(request, outcome)
}

async function receive(request: Request, db: Database, share: Share): Promise<Outcome> {
  const shares = new Shares(db)
  try {
    await shares.clearAbandoned()
    if (!(await shares.begin(share))) return { shared: 0, full: 1 }
    const receiving = new Receiving(db, share, await roomForShare(shares))
    for await (const part of partsIn(request)) await receiving.take(part)
    const received = await receiving.end()
    const { unreadable } = receiving
    return { shared: received ? 1 : 0, unreadable }
  } catch (failure) {
    // Where that fails too, it is found abandoned the next time.
    await shares.discard(share.id).catch(() => undefined)
    if (failure instanceof TooMuch) return { shared: 0, full: 1 }
    if (failure instanceof NoRoom || isQuotaError(failure)) return { shared: 0, noroom: 1 }
    return { shared: 0, unreadable: 1 }
  }
}

function emptyShare(): Share {
  const id = crypto.randomUUID()
  return { id, arriving: true, title: '', note: '', place: null, sharedAt: Date.now(), files: [] }
}

/** Shares that wait may fill half of the room at most: the rest is for what the person chooses. */
async function roomForShare(shares: Shares): Promise<number> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  if (usage === undefined || quota === undefined) return Number.POSITIVE_INFINITY
  const files = (await shares.waiting()).flatMap((share) => share.files)
  const waiting = files.reduce((sum, { length }) => sum + length, 0)
  return (quota - usage + waiting) / 2 - waiting
}

/** Not every browser lets a body be read as it comes. */
async function* partsIn(request: Request): AsyncGenerator<Part> {
  if (request.body) return yield* partsOf(request.body, request.headers.get('Content-Type'))
  for (const [name, value] of await request.formData()) {
    const file = typeof value === 'string' ? new Blob([value]) : value
    const filename = typeof value === 'string' ? null : value.name
    yield { name, filename, type: file.type, bytes: piecesOf(file.stream()) }
  }
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** 303, so that a reload of the page does not share once more. */
function leadToPage(request: Request, outcome: Outcome): Response {
  const url = new URL('/', request.url)
  for (const [name, value] of Object.entries(outcome)) {
    if (name === 'shared' || value > 0) url.searchParams.set(name, String(value))
  }
  return Response.redirect(url.href, 303)
}
