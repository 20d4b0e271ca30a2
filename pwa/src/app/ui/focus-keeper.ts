const BUTTON = '.row-actions :is(button, a[href])'

/**
 * Keeps the keyboard's place when what has the focus goes away: to the first button of the same row, else
 * of the row that takes its place, else to the list itself. @returns how to stop
 */
export function keepFocus(root: HTMLElement): () => void {
  let row: HTMLElement | null = null
  let index = -1
  const enter = (event: FocusEvent) => {
    row = rowOf(event.target)
    index = row === null ? -1 : rowsOf(root).indexOf(row)
  }
  const leave = (event: FocusEvent) => {
    const left = event.target
    // A focus that is lost because its element went away is to be kept; one that a person moved is not.
    queueMicrotask(() => {
      if (left instanceof Element && left.isConnected && !root.contains(document.activeElement)) row = null
    })
  }
  const observer = new MutationObserver(() => {
    if (row === null || document.activeElement !== document.body) return
    const rows = rowsOf(root)
    const later = rows.slice(row.isConnected ? rows.indexOf(row) : index)
    const target = firstButton(later) ?? firstButton(rows.toReversed()) ?? root
    target.focus()
  })
  root.addEventListener('focusin', enter)
  root.addEventListener('focusout', leave)
  observer.observe(root, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    root.removeEventListener('focusin', enter)
    root.removeEventListener('focusout', leave)
  }
}

function firstButton(rows: readonly HTMLElement[]): HTMLElement | null {
  for (const row of rows) {
    const button = row.querySelector<HTMLElement>(BUTTON)
    if (button !== null) return button
  }
  return null
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-upload]') : null
}

function rowsOf(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-upload]')]
}
