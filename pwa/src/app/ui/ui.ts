import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Actions } from '../actions.ts'
import type { Translator } from '../i18n/translator.ts'
import type { Keeper } from '../keep.ts'
import type { Model } from '../model.ts'
import type { Updates } from '../update.ts'
import type { DraftState } from './draft.ts'
import type { QueueView } from './queue-view.ts'
import type { SharedDrafts } from './shared-drafts.ts'
import type { Thumbnails } from './thumbnail.tsx'
import type { Toasts } from './toasts.ts'

/** What only some browsers have, or what is only there at times. */
export interface Extras {
  /** Keeps complete files in this browser. */
  readonly keeper?: Keeper
  /** Asks the person whether the page may notify. @returns whether it may */
  readonly askForNotifications?: () => Promise<boolean>
  /** A new version of the page. */
  readonly updates?: Pick<Updates, 'ready' | 'waiting' | 'apply'>
  /** The browser would install the page; calling the value asks the person. */
  readonly install?: ReadonlySignal<(() => void) | null>
}

/** Everything that the components share. */
export interface Ui {
  readonly model: Model
  readonly actions: Actions
  readonly queue: QueueView
  readonly draft: DraftState
  /** What was shared to the page and waits to become the draft. */
  readonly shared: SharedDrafts
  readonly toasts: Toasts
  readonly thumbnails: Thumbnails
  readonly words: ReadonlySignal<Translator>
  /** Whether this browser goes on sending when the page is closed. */
  readonly inBackground: boolean
  readonly extras: Extras
}

export const UiContext = createContext<Ui | null>(null)

export function useUi(): Ui {
  const ui = useContext(UiContext)
  if (ui === null) throw new Error('no UiContext around this component')
  return ui
}

/** The words of the language that is set; draws the component again when it changes. */
export function useWords(): Translator {
  return useUi().words.value
}

/** Does something, and shows why when it fails. */
export async function attempt(ui: Ui, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure)
    ui.toasts.trouble(ui.words.value.text('toastError', { reason }))
  }
}
