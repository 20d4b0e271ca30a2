import type { ChosenFile } from '../../core/queue.ts'

/** A place for the ways that files come in beside the inputs of the page; there are none yet. */
export function startIntake(_window: Window, _onChosen: (files: readonly ChosenFile[]) => void): void {}
