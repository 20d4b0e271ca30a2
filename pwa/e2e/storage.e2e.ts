import type { CDPSession, Page } from '@playwright/test'
import { choose, expectState, rows, send, storedRecords } from './harness/app.ts'
import { browserWith, largestRendererBytes } from './harness/processes.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/**
 * Lets the browser offer so much room to the page. Before the page stores anything: Chromium remembers
 * for a while how much is left.
 */
async function offerRoom(session: CDPSession, origin: string, quotaSize: number): Promise<void> {
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
}

test('keeps nothing of what has no room, says how much it needs, and takes it when there is', async ({
  stage,
}) => {
  const queued = await stage.file('queued.bin', 5 * MIB)
  const chosen = [await stage.file('small.bin', MIB), await stage.file('large.bin', 50 * MIB)]
  const browser = await stage.browser()
  const session = await browser.newCDPSession(await browser.newPage())
  const { origin } = stage.proxy
  await offerRoom(session, origin, 20 * MIB)
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [queued])
  const before = await storedRecords(page)
  // The first file has room, the second has not: nothing of both may stay.
  await choose(page, chosen)
  await page.locator('[data-action=send]').click()
  await expect(page.locator('[data-toast=trouble]')).toContainText('53.5 MB needed')
  expect(await storedRecords(page)).toEqual(before)
  expect(await usedBytes(page)).toBeLessThan(10 * MIB)
  await expect(page.locator('.draft-file')).toHaveCount(2)

  await offerRoom(session, origin, 200 * MIB)
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(3)
  await browser.setOffline(false)
  await stage.arrived([queued, ...chosen])
  expect(stage.proxy.of('POST')).toHaveLength(3)
})

async function usedBytes(page: Page): Promise<number> {
  return await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? Number.NaN)
}

test('keeps a file in pieces where Blobs are refused', async ({ stage }) => {
  const file = await stage.file('pieces.bin', 9 * MIB + 1)
  const browser = await stage.browser()
  await browser.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...values) {
      if (values[0] instanceof Blob) throw new DOMException('no Blobs here', 'DataCloneError')
      return put.apply(this, values)
    }
  })
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  expect(await storedRecords(page)).toEqual({ uploads: 1, entries: 1, blobs: 0, chunks: 3, shares: 0 })
  await browser.setOffline(false)
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(await storedRecords(page)).toMatchObject({ chunks: 0 })
})

test('frees the room of a file that has arrived', async ({ stage }) => {
  const file = await stage.file('freed.bin', MIB)
  const page = await stage.app()
  await send(page, [file])
  await expectState(page, 'complete')
  expect(await storedRecords(page)).toEqual({ uploads: 1, entries: 1, blobs: 0, chunks: 0, shares: 0 })
  await stage.arrived([file])
})

test('sends a gigabyte in little memory', { tag: '@long' }, async ({ stage }) => {
  test.setTimeout(180_000)
  const file = await stage.file('gigabyte.bin', 1024 * MIB)
  const page = await stage.app()
  const browser = browserWith(stage.profile)
  if (browser === null) throw new Error('the browser is not found')
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, largestRendererBytes(browser))
  }, 200)
  try {
    await choose(page, [file])
    await page.locator('[data-action=send]').click()
    await expectState(page, 'complete', 150_000)
  } finally {
    clearInterval(watch)
  }
  await stage.arrived([file])
  expect(most).toBeGreaterThan(20 * MIB)
  expect(most).toBeLessThan(400 * MIB)
})
