import type { Translator } from '../i18n/translator.ts'
import type { IntakeReports } from '../intake/intake.ts'
import type { ShareOutcome } from '../intake/shared.ts'
import { type Room, roomOf } from '../storage.ts'
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
  if (noRoom) ui.toasts.trouble(words.text('toastShareNoRoom'))
  if (unreadable > 0) ui.toasts.trouble(words.text('toastSharedEmpty', { count: unreadable }))
}

/** That files are kept, and when they will be sent. */
export function savedText(ui: Ui, count: number): string {
  const words = ui.words.value
  return ui.model.online.value ? words.text('toastSaved', { count }) : words.text('toastSavedOffline')
}

/** Says that nothing was kept, how much room that needs, and how much there is. */
export async function sayNoRoom(ui: Ui, neededBytes: number): Promise<void> {
  const room = await roomOf().catch(() => null)
  ui.toasts.trouble(noRoomText(ui.words.value, neededBytes, room))
}

/** Chromium promises ten gigabytes whatever there is: what cannot be true is not said. */
function noRoomText(words: Translator, neededBytes: number, room: Room | null): string {
  const needed = words.bytes(neededBytes)
  const freeBytes = room === null ? neededBytes : room.quota - room.used
  if (freeBytes >= neededBytes) return words.text('toastNoRoom', { needed })
  return words.text('toastNoRoomFor', { needed, free: words.bytes(Math.max(0, freeBytes)) })
}
