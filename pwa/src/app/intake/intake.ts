import type { ChosenFile } from '../../core/queue.ts'
import { takeDrops } from './drop.ts'
import { takeLaunches } from './launch.ts'
import { takePastes } from './paste.ts'
import { reportShare, type ShareOutcome } from './shared.ts'
import type { Taken } from './transfer.ts'

/** What else there is to say about files that came in. */
export interface IntakeReports {
  /** Paths of files that could not be read: moved, forbidden, or on a medium that is gone. */
  readonly onUnreadable?: (paths: readonly string[]) => void
  readonly onShare?: (outcome: ShareOutcome) => void
}

/** Takes files that are dropped, pasted, or opened with the page. Inputs are not among these. */
export function startIntake(
  target: Window,
  onChosen: (files: readonly ChosenFile[]) => void,
  reports: IntakeReports = {},
): void {
  const onTaken = ({ files, unreadable }: Taken) => {
    if (files.length > 0) onChosen(files)
    if (unreadable.length > 0) reports.onUnreadable?.(unreadable)
  }
  takeDrops(target, onTaken)
  takePastes(target, onTaken)
  takeLaunches(target, onTaken)
  if (reports.onShare !== undefined) reportShare(target, reports.onShare)
}
