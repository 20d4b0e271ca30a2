import type { Page } from '@playwright/test'
import { expectState, send } from './harness/app.ts'
import { expect, test } from './harness/test.ts'
import { until } from './harness/until.ts'

const MIB = 1 << 20

test('goes on in the service worker when the tab is closed', async ({ stage }) => {
  const file = await stage.file('tab.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await page.close()
  const before = stage.proxy.passedOn
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(before + MIB)
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file])
})

test('goes on in the service worker when the person leaves the page, and shows it on return', async ({
  stage,
}) => {
  const file = await stage.file('left.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await page.evaluate(() => {
    addEventListener('pageshow', (event) => {
      document.title = event.persisted ? 'back' : 'anew'
    })
  })
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await page.goto(`${stage.server.origin}/actuator/health`)
  const before = stage.proxy.passedOn
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(before + MIB)
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file])
  // A page that comes out of the cache is not loaded: there is nothing more to wait for.
  await page.goBack({ waitUntil: 'commit' })
  // The browser drops a sleeping page when it has not yet taken its lock back while the service worker
  // waits for it; the page is loaded anew then. Nothing else may keep it from coming back as it was.
  await expect.poll(() => comesBack(page)).toMatch(/^(as it was|weblocks-contention)$/)
  await expectState(page, 'complete')
})

/** How a page came back: as it was, or why not, in the words of the browser. */
async function comesBack(page: Page): Promise<string> {
  return await page.evaluate(() => {
    if (document.title === 'back') return 'as it was'
    const [navigation] = performance.getEntriesByType('navigation') as unknown as readonly {
      readonly notRestoredReasons: { readonly reasons: readonly { readonly reason: string }[] } | null
    }[]
    return navigation?.notRestoredReasons?.reasons.map(({ reason }) => reason).join() ?? 'unknown'
  })
}

test('sends once though two tabs are open', async ({ stage }) => {
  const file = await stage.file('tabs.bin', 8 * MIB)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  const other = await stage.app(browser)
  stage.proxy.pace.bytesPerSecond = 4 * MIB
  await send(page, [file])
  await expectState(other, 'complete')
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(stage.proxy.mostAppendsAtOnce).toBe(1)
  expect(stage.proxy.passedOn).toBe(file.length)
})

test('goes on by itself when the browser is started again after a crash', async ({ stage }) => {
  const file = await stage.file('crash.bin', 5 * MIB)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await browser.close()
  expect(await stage.stored()).toHaveLength(0)

  stage.proxy.pace.bytesPerSecond = MIB
  const first = stage.plain(stage.proxy.origin)
  await until('bytes from the first browser', () => stage.proxy.passedOn > 1.5 * MIB)
  await first.kill()
  const before = stage.proxy.of('PATCH').length
  stage.plain('about:blank')
  await until('an append of the second browser', () => stage.proxy.of('PATCH').length > before)
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file])
})

test('goes on in the next sync event when one was ended by the browser', async ({ stage }) => {
  const file = await stage.file('long.bin', 4 * MIB)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await browser.close()

  stage.proxy.pace.bytesPerSecond = 100_000
  stage.plain('about:blank', { eventSeconds: 3, firstRetrySeconds: 2, attempts: 9 })
  const isCut = () => stage.proxy.of('PATCH').some(({ isOpen, status }) => !isOpen && status === null)
  await until('a service worker that was ended in the middle of a request', isCut, 45_000)
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file])
})

test('goes on in the other tab when the one that sends is closed', async ({ stage }) => {
  const file = await stage.file('other-tab.bin', 6 * MIB)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  const other = await stage.app(browser)
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await page.close()
  stage.proxy.pace.bytesPerSecond = null
  await expectState(other, 'complete', 30_000)
  await stage.arrived([file])
  expect(stage.proxy.of('POST')).toHaveLength(1)
})
