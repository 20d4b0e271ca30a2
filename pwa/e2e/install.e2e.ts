import type { Page } from '@playwright/test'
import { rows, send } from './harness/app.ts'
import { InstalledApp } from './harness/installed.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

/** A page of somebody who has sent something, which is when it offers to be installed. */
async function used(stage: Stage): Promise<Page> {
  const browser = await stage.browser()
  await browser.addInitScript(() => {
    addEventListener('beforeinstallprompt', (event) => {
      document.documentElement.dataset.offered = ''
      const offer = event as Event & { prompt(): Promise<unknown> }
      const ask = offer.prompt
      offer.prompt = () => {
        document.documentElement.dataset.prompted = `${navigator.userActivation.isActive}`
        return ask.call(offer)
      }
    })
  })
  const page = await stage.app(browser)
  await expect(page.locator('[data-offered]')).toHaveCount(1)
  await expect(page.locator('[data-banner=install]')).toHaveCount(0)
  await send(page, [await stage.file('used.bin', 1_000)])
  await expect(page.locator('[data-action=install]')).toBeVisible()
  return page
}

test('offers to be installed to who has used it, and asks by a gesture only', async ({ stage }) => {
  const page = await used(stage)
  await expect(page.locator('[data-prompted]')).toHaveCount(0)
  await page.locator('[data-action=install]').click()
  await expect(page.locator('[data-prompted=true]')).toHaveCount(1)
  await expect(page.locator('[data-banner=install]')).toHaveCount(0)
})

test('does not offer it any more when it was installed in another way', async ({ stage }) => {
  const page = await used(stage)
  await InstalledApp.install(page)
  // The browser says so only when the person has answered its question.
  await page.evaluate(() => dispatchEvent(new Event('appinstalled')))
  await expect(page.locator('[data-banner=install]')).toHaveCount(0)
})

test('hears the offer of the browser however early it comes', async ({ stage }) => {
  const browser = await stage.browser()
  await browser.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const offer = new Event('beforeinstallprompt', { cancelable: true })
      dispatchEvent(offer)
      document.documentElement.dataset.taken = `${offer.defaultPrevented}`
    })
  })
  const page = await stage.app(browser)
  await expect(page.locator('[data-taken=true]')).toHaveCount(1)
})

test('sends the files that are opened with it', async ({ stage }) => {
  const files = [await stage.file('opened.jpg', 300_000), await stage.file('with it.pdf', 70_000)]
  const app = await InstalledApp.install(await stage.app())
  const page = await app.openWith(files)
  await expect(page.locator('.draft-file')).toHaveCount(2)
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(2)
  await stage.arrived(files)
})
