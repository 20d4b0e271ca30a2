import type { IntakeReports } from '../intake/intake.ts'
import type { ShareOutcome } from '../intake/shared.ts'
import type { Ui } from './ui.ts'

/** Tells the person what became of files that came in from elsewhere. */
export function reportsTo(ui: Ui): IntakeReports {
  return {
    onUnreadable: (paths) =>
      ui.toasts.trouble(ui.words.value.text('toastUnreadable', { count: paths.length })),
    onShare: (outcome) => reportShare(ui, outcome),
  }
}

function reportShare(ui: Ui, { unreadable, noRoom, full }: ShareOutcome): void {
  const words = ui.words.value
  if (full) ui.toasts.trouble(words.text('toastShareFull'))
  if (noRoom) ui.toasts.trouble(words.text('toastNoRoom'))
  if (unreadable > 0) ui.toasts.trouble(words.text('toastSharedEmpty', { count: unreadable }))
}

/** That files are kept, and when they will be sent. */
export function savedText(ui: Ui, count: number): string {
  const words = ui.words.value
  return ui.model.online.value ? words.text('toastSaved', { count }) : words.text('toastSavedOffline')
}
