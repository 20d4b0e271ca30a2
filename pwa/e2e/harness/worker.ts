import type { BrowserContext, Worker } from '@playwright/test'

/** What is used of the worker's global scope; the types of a page do not know it. */
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration & {
    readonly sync: { getTags(): Promise<readonly string[]> }
  }
}

/** The page's service worker, which a driven browser never ends. */
export function serviceWorker(browser: BrowserContext): Worker {
  const [worker] = browser.serviceWorkers()
  if (worker === undefined) throw new Error('there is no service worker')
  return worker
}

/** The texts of the notifications that are shown now. */
export async function notices(browser: BrowserContext): Promise<readonly (string | null)[]> {
  return await serviceWorker(browser).evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope
    return (await registration.getNotifications()).map(({ body }) => body)
  })
}

/** How many sync events are to come, or being handled. */
export async function syncsLeft(browser: BrowserContext): Promise<number> {
  return await serviceWorker(browser).evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope
    return (await registration.sync.getTags()).length
  })
}
