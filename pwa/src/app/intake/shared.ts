/** What became of what another app has shared to this one. */
export interface ShareOutcome {
  /** Whether it is kept, and waits for the person in the draft. */
  readonly kept: boolean
  /** How many files came without their bytes: the browser hands out empty files when they are too large. */
  readonly unreadable: number
  readonly noRoom: boolean
  /** Too much waits already. */
  readonly full: boolean
}

/** Tells once what became of a share, which the service worker has put into the page's address. */
export function reportShare(target: Window, onShare: (outcome: ShareOutcome) => void): void {
  const url = new URL(target.location.href)
  const outcome = outcomeOf(url.searchParams)
  if (outcome === null) return
  for (const name of ['shared', 'unreadable', 'noroom', 'full']) url.searchParams.delete(name)
  // A reload or a bookmark must not tell it again.
  target.history.replaceState(target.history.state, '', url)
  onShare(outcome)
}

/** @returns null when nothing was shared */
export function outcomeOf(params: URLSearchParams): ShareOutcome | null {
  if (!params.has('shared')) return null
  return {
    kept: countOf(params.get('shared')) > 0,
    unreadable: countOf(params.get('unreadable')),
    noRoom: params.has('noroom'),
    full: params.has('full'),
  }
}

function countOf(value: string | null): number {
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : 0
}
