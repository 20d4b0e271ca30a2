import type { Page } from '@playwright/test'
import { expectState, send } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

const LENGTH = 110_000_000

/** Lets the browser itself send large files. */
async function switchOn(page: Page): Promise<void> {
  await page.locator('[data-action=settings]').click()
  await page.locator('input[name=background-fetch]').click()
  await page.keyboard.press('Escape')
}

async function transfers(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.ready) as unknown as {
      readonly backgroundFetch: { getIds(): Promise<readonly string[]> }
    }
    return (await registration.backgroundFetch.getIds()).length
  })
}

test('hands a large upload to the browser, which sends it in one request', async ({ stage }) => {
  const file = await stage.file('large.bin', LENGTH)
  const page = await stage.app()
  await switchOn(page)
  stage.proxy.pace.bytesPerSecond = 40_000_000
  await send(page, [file])
  await expect.poll(() => transfers(page)).toBe(1)
  await expectState(page, 'sending')
  await expectState(page, 'complete', 45_000)
  await stage.arrived([file])
  expect(stage.proxy.of('PATCH').map(({ bodyBytes }) => bodyBytes)).toEqual([LENGTH])
})

test('sends a small upload as usual', async ({ stage }) => {
  const file = await stage.file('small.bin', 1_000_000)
  const page = await stage.app()
  await switchOn(page)
  await send(page, [file])
  await expectState(page, 'complete')
  expect(await transfers(page)).toBe(0)
  await stage.arrived([file])
})

test('goes on by itself when the transfer of the browser is cut', async ({ stage }) => {
  const file = await stage.file('cut.bin', LENGTH)
  const page = await stage.app()
  await switchOn(page)
  const isWhole = ({ method }: { readonly method: string }) => method === 'PATCH'
  stage.proxy.plan({ kind: 'cut', afterBytes: 30_000_000 }, isWhole)
  await send(page, [file])
  await expectState(page, 'complete', 45_000)
  await stage.arrived([file])
})

test('goes on in the service worker when the transfer is cut and no page is open', async ({ stage }) => {
  const file = await stage.file('closed.bin', LENGTH)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await switchOn(page)
  stage.proxy.plan({ kind: 'cut', afterBytes: 60_000_000 }, ({ method }) => method === 'PATCH')
  stage.proxy.pace.bytesPerSecond = 30_000_000
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_000_000)
  await browser.newPage()
  await page.close()
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file], 45_000)
})

test('arrives though the browser sends the transfer once more after a navigation', async ({ stage }) => {
  const file = await stage.file('navigation.bin', LENGTH)
  // Half a minute is usual.
  const browser = await stage.browser(
    '--enable-features=DownloadService:navigation_completion_delay_seconds/2',
  )
  let hasEnded = false
  browser.once('close', () => {
    hasEnded = true
  })
  const page = await stage.app(browser)
  await switchOn(page)
  stage.proxy.pace.bytesPerSecond = 1_500_000
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_000_000)
  const elsewhere = await browser.newPage()
  await elsewhere.goto(`${stage.proxy.origin}/actuator/health`)
  const repeated = () => stage.proxy.of('PATCH').filter(({ fromOffset }) => fromOffset === 0)
  await expect.poll(() => repeated().map(({ status }) => status)).toContain(409)
  stage.proxy.pace.bytesPerSecond = null
  await expectState(page, 'complete', 25_000).catch(async (failure) => {
    // Chromium 156 may crash at it. Whoever opens it again finds the upload going on.
    if (!hasEnded) throw failure
    await expectState(await stage.app(), 'complete', 25_000)
  })
  await stage.arrived([file])
})
