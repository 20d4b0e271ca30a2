import { type ReadonlySignal, signal } from '@preact/signals'

const SHOWN_MS = 6_000
const MOST = 4

/** A short message at the edge of the page. */
export interface Toast {
  readonly id: number
  readonly text: string
  /** Trouble is said at once and stays until it is dismissed. */
  readonly tone: 'news' | 'trouble'
}

/** The messages that are shown now. */
export class Toasts {
  readonly #all = signal<readonly Toast[]>([])
  #last = 0

  get all(): ReadonlySignal<readonly Toast[]> {
    return this.#all
  }

  news(text: string): void {
    const id = this.#add(text, 'news')
    setTimeout(() => this.dismiss(id), SHOWN_MS)
  }

  trouble(text: string): void {
    this.#add(text, 'trouble')
  }

  dismiss(id: number): void {
    this.#all.value = this.#all.value.filter((toast) => toast.id !== id)
  }

  #add(text: string, tone: Toast['tone']): number {
    const id = ++this.#last
    const others = this.#all.value.filter((toast) => toast.text !== text)
    this.#all.value = [...others, { id, text, tone }].slice(-MOST)
    return id
  }
}
