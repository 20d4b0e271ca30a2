const REQUEST_AGAIN_MS = 4_000

/** Runs something while this context is the only one that sends an upload, if nobody else does now. */
export async function ifFree(id: string, run: () => Promise<void>): Promise<boolean> {
  return await navigator.locks.request(lockOf(id), { ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await run()
    return true
  })
}

/**
 * Runs something as soon as nobody else sends the upload. Asks again and again: a page in the
 * back-forward cache keeps its locks until somebody asks anew.
 *
 * @returns false when the signal came first
 */
export async function whenFree(id: string, signal: AbortSignal, run: () => Promise<void>): Promise<boolean> {
  while (!signal.aborted) {
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop)
    const timer = setTimeout(stop, REQUEST_AGAIN_MS)
    try {
      await navigator.locks.request(lockOf(id), { signal: attempt.signal }, async () => {
        clearTimeout(timer)
        await run()
      })
      return true
    } catch (failure) {
      if (!attempt.signal.aborted) throw failure
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }
  return false
}

/** The uploads that some context of this browser is sending now. */
export async function beingSent(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(
    held.flatMap((lock) => (lock.name?.startsWith(PREFIX) ? [lock.name.slice(PREFIX.length)] : [])),
  )
}

const PREFIX = 'upload:'

function lockOf(id: string): string {
  return PREFIX + id
}
