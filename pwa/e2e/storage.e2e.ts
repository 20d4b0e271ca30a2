import { choose, expectState, send, storedRecords } from './harness/app.ts'
import { browserWith, largestRendererBytes } from './harness/processes.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

test('keeps nothing, and says so, when the browser has no room', async ({ stage }) => {
  const files = [await stage.file('one.bin', MIB), await stage.file('two.bin', MIB)]
  const page = await stage.app()
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put
    let blobs = 0
    IDBObjectStore.prototype.put = function (...values) {
      // The first file has room, the second has not: nothing of both may stay.
      if (values[0] instanceof Blob && ++blobs > 1) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, values)
    }
  })
  await choose(page, files)
  await page.locator('[data-action=send]').click()
  await expect(page.locator('[data-toast]')).toContainText('Not enough room')
  // What was chosen is still there to be sent with fewer files.
  await expect(page.locator('.draft-file')).toHaveCount(2)
  expect(await storedRecords(page)).toEqual({ uploads: 0, entries: 0, blobs: 0, chunks: 0, shares: 0 })
  expect(stage.proxy.of('POST')).toHaveLength(0)
})

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
