import { type Taken, takeFiles } from './transfer.ts'

/**
 * Takes files that are dropped anywhere in the window. While some are dragged over it, the root element
 * has `data-dropping`.
 */
export function takeDrops(target: Window, onTaken: (taken: Taken) => void): void {
  const root = target.document.documentElement
  const inside = new Inside()
  const show = () => root.toggleAttribute('data-dropping', inside.any)
  onDrag(target, 'dragenter', (event) => {
    inside.enter(event.target)
    show()
  })
  onDrag(target, 'dragover', (_event, transfer) => {
    transfer.dropEffect = 'copy'
  })
  onDrag(target, 'dragleave', (event) => {
    inside.leave(event.target)
    show()
  })
  onDrag(target, 'drop', (_event, transfer) => {
    inside.clear()
    show()
    void takeFiles(transfer).then(onTaken)
  })
}

/** Only when files are dragged: text goes into fields as everywhere. */
function onDrag(
  target: Window,
  type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
  handle: (event: DragEvent, transfer: DataTransfer) => void,
): void {
  target.addEventListener(type, (event) => {
    const transfer = event.dataTransfer
    if (transfer === null || !Array.from(transfer.types).includes('Files')) return
    event.preventDefault()
    handle(event, transfer)
  })
}

/**
 * The elements that a drag is within. A number would go wrong: Firefox enters twice at times, and an
 * element that is taken out of the page is never left.
 */
export class Inside {
  readonly #elements = new Set<EventTarget>()

  get any(): boolean {
    for (const element of this.#elements) {
      if ('isConnected' in element && element.isConnected === false) this.#elements.delete(element)
    }
    return this.#elements.size > 0
  }

  enter(element: EventTarget | null): void {
    if (element !== null) this.#elements.add(element)
  }

  leave(element: EventTarget | null): void {
    if (element !== null) this.#elements.delete(element)
  }

  clear(): void {
    this.#elements.clear()
  }
}
