/** What became of files that another app has shared to this one. */
export interface ShareOutcome {
  /** How many files are kept and will be sent. */
  readonly shared: number
  /** How many came without their bytes: the browser hands out empty files when they are too large. */
  readonly unreadable: number
  /** How many bytes the browser had no room for; 0 when it had. */
  readonly noRoomBytes: number
}

/** Tells once what became of a share, which the service worker has put into the page's address. */
export function reportShare(target: Window, onShare: (outcome: ShareOutcome) => void): void {
  const url = new URL(target.location.href)
  const outcome = outcomeOf(url.searchParams)
  if (outcome === null) return
  for (const name of ['shared', 'unreadable', 'noroom']) url.searchParams.delete(name)
  // A reload or a bookmark must not tell it again.
  target.history.replaceState(target.history.state, '', url)
  onShare(outcome)
}

/** @returns null when nothing was shared */
export function outcomeOf(params: URLSearchParams): ShareOutcome | null {
  if (!params.has('shared')) return null
  return {
    shared: countOf(params.get('shared')),
    unreadable: countOf(params.get('unreadable')),
    noRoomBytes: countOf(params.get('noroom')),
  }
}

function countOf(value: string | null): number {
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : 0
}
