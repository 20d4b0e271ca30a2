import { downloadPathOf } from '../core/downloads.ts'
import { contentOf } from '../core/kept.ts'
import type { Upload } from '../core/upload.ts'

const SAVING_MS = 60_000

/** What became of a download: the browser saves it, or why not. */
export type Downloaded = 'begun' | 'sign-in' | 'failed'

/**
 * Saves a complete upload where a plain link cannot: the server wants the token, or the upload is kept
 * here. The service worker lets the bytes flow through where links get to it.
 */
export async function download(
  upload: Upload,
  url: string,
  credentials: Readonly<Record<string, string>>,
): Promise<Downloaded> {
  const range = { Range: 'bytes=0-0' }
  const throughWorker = workerAnswersLinks()
  try {
    const answer = await contentOf(url, throughWorker ? { ...credentials, ...range } : credentials)
    if (answer.status === 401 || answer.status === 403) return 'sign-in'
    // 416 is the answer for a part of nothing.
    if (!answer.ok && answer.status !== 416) return 'failed'
    if (throughWorker) location.assign(downloadPathOf(upload.id))
    else save(await answer.blob(), upload.name)
    return 'begun'
  } catch {
    return 'failed'
  }
}

/**
 * Chromium shows the service worker links to be saved, if they do not say so themselves. In Firefox such
 * a link ends the page's own requests, and others were not tried.
 */
function workerAnswersLinks(): boolean {
  return 'userAgentData' in navigator && navigator.serviceWorker?.controller != null
}

/** The browser has it on its disk already when it is large. */
function save(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS)
}
