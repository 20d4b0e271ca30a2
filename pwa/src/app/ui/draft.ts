import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ChosenFile } from '../../core/queue.ts'
import type { KeptFile, Said, Share } from '../../core/shares.ts'

/** One file of the draft: chosen here, or kept already because it was shared to the page. */
export type DraftItem =
  | { readonly kind: 'chosen'; readonly chosen: ChosenFile }
  | { readonly kind: 'kept'; readonly file: KeptFile }

/** What was chosen, or shared to the page, and is not sent yet. */
export class DraftState {
  readonly title: Signal<string> = signal('')
  readonly note: Signal<string> = signal('')
  readonly place: Signal<Said['place']> = signal(null)
  readonly #files = signal<readonly ChosenFile[]>([])
  readonly #share = signal<Share | null>(null)
  readonly items: ReadonlySignal<readonly DraftItem[]> = computed(() => [
    ...(this.#share.value?.files ?? []).map((file): DraftItem => ({ kind: 'kept', file })),
    ...this.#files.value.map((chosen): DraftItem => ({ kind: 'chosen', chosen })),
  ])
  readonly length: ReadonlySignal<number> = computed(() =>
    this.items.value.reduce((total, item) => total + lengthOf(item), 0),
  )
  /** Whether there is anything to send or to discard. */
  readonly isOpen: ReadonlySignal<boolean> = computed(
    () => this.#files.value.length > 0 || this.#share.value !== null,
  )

  /** The files that were chosen here. */
  get files(): ReadonlySignal<readonly ChosenFile[]> {
    return this.#files
  }

  /** What was shared, if the draft comes from there. */
  get share(): ReadonlySignal<Share | null> {
    return this.#share
  }

  /** Makes a draft of what was shared; call it while there is none. */
  open(share: Share): void {
    batch(() => {
      this.#share.value = share
      this.title.value = share.title
      this.note.value = share.note
      this.place.value = share.place
    })
  }

  /** Takes over which files of the share there are still; what is typed stays. */
  follow(share: Share): void {
    this.#share.value = share
  }

  /** Nothing of the share is there any more; what was chosen in this tab is the person's own and stays. */
  detach(): void {
    if (this.#files.value.length === 0) this.clear()
    else this.#share.value = null
  }

  /** Adds to what was chosen before; the same file twice counts once. */
  choose(chosen: readonly ChosenFile[]): void {
    const known = new Map([...this.#files.value, ...chosen].map((each) => [keyOf(each), each]))
    this.#files.value = [...known.values()]
  }

  remove(item: DraftItem): void {
    if (item.kind === 'chosen') {
      this.#files.value = this.#files.value.filter((each) => each !== item.chosen)
    } else if (this.#share.value !== null) {
      const files = this.#share.value.files.filter((each) => each.id !== item.file.id)
      this.#share.value = { ...this.#share.value, files }
    }
  }

  /** What was said with the files. */
  said(): Said {
    return { title: this.title.value.trim(), note: this.note.value.trim(), place: this.place.value }
  }

  clear(): void {
    batch(() => {
      this.#files.value = []
      this.#share.value = null
      this.title.value = ''
      this.note.value = ''
      this.place.value = null
    })
  }
}

export function lengthOf(item: DraftItem): number {
  return item.kind === 'chosen' ? item.chosen.file.size : item.file.length
}

/** Tells two files of a draft apart. */
export function keyOfItem(item: DraftItem): string {
  return item.kind === 'chosen' ? keyOf(item.chosen) : item.file.id
}

/** Tells two chosen files apart. */
export function keyOf({ file, path }: ChosenFile): string {
  return `${path}\n${file.size}\n${file.lastModified}`
}
