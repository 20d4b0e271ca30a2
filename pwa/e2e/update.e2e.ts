import type { Page } from '@playwright/test'
import { expectState, send } from './harness/app.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/** Puts a newer service worker on the server, and lets the browser look. */
async function release(stage: Stage, page: Page): Promise<void> {
  stage.proxy.appended.set('/sw.js', '\n// Newer.\n')
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update()
  })
  await expect(page.locator('[data-action=update]')).toBeVisible()
}

test('changes to a newer version when the upload is complete, and not before', async ({ stage }) => {
  const file = await stage.file('update.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(MIB)
  await release(stage, page)
  await page.evaluate(() => {
    document.title = 'older'
  })
  await page.locator('[data-action=update]').click()
  const before = stage.proxy.passedOn
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(before + MIB)
  await expect(page).toHaveTitle('older')
  stage.proxy.pace.bytesPerSecond = null
  await stage.arrived([file])
  await expect(page).not.toHaveTitle('older')
  await expectState(page, 'complete')
  // Not one request was broken off.
  expect(stage.proxy.of('PATCH').filter(({ status }) => status !== 204)).toEqual([])
})

test('changes to a newer version at once when nothing is sent', async ({ stage }) => {
  const page = await stage.app()
  await release(stage, page)
  const loaded = page.waitForEvent('load')
  await page.locator('[data-action=update]').click()
  await loaded
  await expect(page.locator('[data-action=update]')).toHaveCount(0)
  await expect(page.locator('[data-intake=files]')).toBeAttached()
})
