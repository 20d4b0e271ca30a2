import { expect, type Locator, type Page } from '@playwright/test'
import type { SampleFile } from './files.ts'
import type { Stage } from './stage.ts'

const MIB = 1 << 20

/** Chooses files as with the file picker; the draft card opens. */
export async function choose(page: Page, files: readonly SampleFile[]): Promise<void> {
  await page.locator('[data-intake=files]').setInputFiles(files.map(({ path }) => path))
  await expect(page.locator('[data-action=send]')).toBeVisible()
}

/** Chooses files and sends them; resolves when the queue has them. */
export async function send(page: Page, files: readonly SampleFile[]): Promise<void> {
  await choose(page, files)
  const before = await rows(page).count()
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(before + files.length)
}

export function rows(page: Page): Locator {
  return page.locator('li[data-upload]')
}

/** Expects the only upload of the list, or the one that a locator names, to be in a state. */
export async function expectState(page: Page, state: string | RegExp, timeoutMs = 15_000): Promise<void> {
  await expect(rows(page)).toHaveAttribute('data-state', state, { timeout: timeoutMs })
}

/** Presses a button of the only upload's row. */
export async function press(page: Page, action: string): Promise<void> {
  await rows(page).locator(`[data-action=${action}]`).click()
}

/** Pauses an upload when some of it has been sent, and waits until nothing is on its way. The proxy stays slow. */
export async function sendAndPause(stage: Stage, page: Page, file: SampleFile): Promise<void> {
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await press(page, 'pause')
  await expectState(page, 'paused')
  await expect.poll(() => stage.proxy.exchanges.every(({ isOpen }) => !isOpen)).toBe(true)
}

/** How many records each of the browser's stores has. */
export async function storedRecords(page: Page): Promise<Readonly<Record<string, number>>> {
  return await page.evaluate(async () => {
    const finished = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await finished(indexedDB.open('longhaul'))
    const names = ['uploads', 'entries', 'blobs', 'chunks', 'shares']
    const tx = db.transaction(names)
    const counts = await Promise.all(
      names.map(async (name) => [name, await finished(tx.objectStore(name).count())] as const),
    )
    db.close()
    return Object.fromEntries(counts)
  })
}
