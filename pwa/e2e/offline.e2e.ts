import { expectState, rows, send } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

test('keeps a file that is sent offline, and sends it when there is a network', async ({ stage }) => {
  const file = await stage.file('tunnel.jpg', 2_500_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await expect(page.locator('[data-toast]')).toContainText('It will be sent when there is a network')
  await expectState(page, /queued|waiting/)
  expect(await stage.stored()).toHaveLength(0)
  await browser.setOffline(false)
  await expectState(page, 'complete')
  await stage.arrived([file])
})

test('opens offline, with the queue', async ({ stage }) => {
  const file = await stage.file('mountain.jpg', 100_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await browser.setOffline(false)
  await stage.arrived([file])
})

test('sends in the background what was saved offline, though the page is closed', async ({ stage }) => {
  const file = await stage.file('closed.jpg', 2_500_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await expect(page.locator('[data-toast]')).toBeVisible()
  await page.close()
  expect(await stage.stored()).toHaveLength(0)
  await browser.setOffline(false)
  await stage.arrived([file])
})
