/** What the server answers itself: in the worker's charge as well, but not the page. */
export const NOT_THE_PAGE: RegExp[] = [/^\/files/, /^\/actuator/, /^\/download\//]

/** A window as far as it is used here. */
interface OpenWindow {
  readonly url: string
  readonly visibilityState: DocumentVisibilityState
  focus(): Promise<unknown>
}

/** The worker's windows; the types of a page do not know them. */
export interface Windows {
  matchAll(options: { readonly type: 'window' }): Promise<readonly OpenWindow[]>
  openWindow(url: string): Promise<unknown>
}

/** The windows that show the page, the one that was used last first. */
export async function pageWindows(windows: Windows): Promise<readonly OpenWindow[]> {
  const all = await windows.matchAll({ type: 'window' })
  return all.filter(({ url }) => !NOT_THE_PAGE.some((pattern) => pattern.test(new URL(url).pathname)))
}

/** Leads to the page: to a window that has it, or to a new one. */
export async function showPage(windows: Windows): Promise<void> {
  const [open] = await pageWindows(windows)
  if (open === undefined) await windows.openWindow('/')
  else await open.focus()
}
