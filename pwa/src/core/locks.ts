const REQUEST_AGAIN_MS = 4_000
const PATIENCE_MS = 1_000
const UPLOAD = 'upload:'
const PAGES = 'pages'
const SHARE = 'share:'

/** Runs something while this context is the only one that sends an upload, if nobody else does now. */
export async function ifFree(id: string, run: () => Promise<void>): Promise<boolean> {
  return await navigator.locks.request(UPLOAD + id, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await run()
    return true
  })
}

/**
 * The same, but waits a moment for whoever has it: a page in the back-forward cache that could not give
 * its lock back loses it only to a request that waits.
 */
export async function soonFree(id: string, run: () => Promise<void>): Promise<boolean> {
  return await lockedWithin(AbortSignal.timeout(PATIENCE_MS), UPLOAD + id, run)
}

/** Waits for a lock until the signal. @returns false when it did not come, and nothing was run */
async function lockedWithin(patience: AbortSignal, name: string, run: () => Promise<void>): Promise<boolean> {
  const state = { began: false }
  try {
    await navigator.locks.request(name, { signal: patience }, async () => {
      state.began = true
      await run()
    })
    return true
  } catch (failure) {
    if (state.began || !patience.aborted) throw failure
    return false
  }
}

/** The uploads that some context of this browser is sending now. */
export async function beingSent(): Promise<ReadonlySet<string>> {
  return await heldOf(UPLOAD)
}

/** Runs something while this context takes in a share. */
export async function whileReceiving<T>(id: string, run: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(SHARE + id, run)
}

/** The shares that some context of this browser is taking in now. */
export async function beingReceived(): Promise<ReadonlySet<string>> {
  return await heldOf(SHARE)
}

async function heldOf(prefix: string): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(
    held.flatMap((lock) => (lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : [])),
  )
}

/** Says, until the signal comes, that a page sends: the service worker keeps back meanwhile. */
export function holdAsPage(signal: AbortSignal): void {
  const released = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  navigator.locks.request(PAGES, { mode: 'shared', signal }, () => released).catch(() => undefined)
}

/**
 * Runs something as soon as no page sends. Asks again and again: a page in the back-forward cache keeps
 * its locks until somebody asks anew.
 *
 * @param wanted is asked before each request, so that nobody waits for nothing
 * @returns false when it was not wanted any more or the signal came first
 */
export async function whenNoPageSends(
  signal: AbortSignal,
  wanted: () => Promise<boolean>,
  run: () => Promise<void>,
): Promise<boolean> {
  while (!signal.aborted && (await wanted())) {
    const attempt = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_AGAIN_MS)])
    if (await lockedWithin(attempt, PAGES, run)) return true
  }
  return false
}
