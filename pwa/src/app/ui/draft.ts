import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ChosenFile } from '../../core/queue.ts'
import type { Entry } from '../../core/upload.ts'
import type { Draft } from '../actions.ts'

/** What was chosen and is not sent yet. */
export class DraftState {
  readonly title: Signal<string> = signal('')
  readonly note: Signal<string> = signal('')
  readonly place: Signal<Entry['place']> = signal(null)
  readonly #files = signal<readonly ChosenFile[]>([])
  readonly length: ReadonlySignal<number> = computed(() =>
    this.#files.value.reduce((total, { file }) => total + file.size, 0),
  )

  get files(): ReadonlySignal<readonly ChosenFile[]> {
    return this.#files
  }

  /** Adds to what was chosen before; the same file twice counts once. */
  choose(chosen: readonly ChosenFile[]): void {
    const known = new Map([...this.#files.value, ...chosen].map((each) => [keyOf(each), each]))
    this.#files.value = [...known.values()]
  }

  remove(chosen: ChosenFile): void {
    this.#files.value = this.#files.value.filter((each) => each !== chosen)
  }

  /** What was said with the files. */
  said(): Draft {
    return { title: this.title.value.trim(), note: this.note.value.trim(), place: this.place.value }
  }

  clear(): void {
    batch(() => {
      this.#files.value = []
      this.title.value = ''
      this.note.value = ''
      this.place.value = null
    })
  }
}

/** Tells two chosen files apart. */
export function keyOf({ file, path }: ChosenFile): string {
  return `${path}\n${file.size}\n${file.lastModified}`
}
