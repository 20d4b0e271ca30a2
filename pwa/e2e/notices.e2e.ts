import type { BrowserContext, Page } from '@playwright/test'
import { expectState, rows, send } from './harness/app.ts'
import { InstalledApp } from './harness/installed.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'
import { notices, syncsLeft } from './harness/worker.ts'

type Permission = 'granted' | 'denied'

async function setPermission(browser: BrowserContext, stage: Stage, setting: Permission): Promise<void> {
  const debug = await browser.browser()?.newBrowserCDPSession()
  const permission = { name: 'notifications' }
  await debug?.send('Browser.setPermission', { permission, setting, origin: stage.proxy.origin })
}

async function switchOn(page: Page, language = ''): Promise<void> {
  await page.locator('[data-action=settings]').click()
  await page.locator('select[name=language]').selectOption(language)
  await page.locator('input[name=notifications]').click()
  await expect(page.locator('input[name=notifications]')).toBeChecked()
  await page.keyboard.press('Escape')
}

test('asks whether it may notify only when the person wants it, and takes a no', async ({ stage }) => {
  const browser = await stage.browser()
  await browser.addInitScript(() => {
    const ask = Notification.requestPermission
    Notification.requestPermission = () => {
      document.documentElement.dataset.asked = `${navigator.userActivation.isActive}`
      return ask.call(Notification)
    }
  })
  const page = await stage.app(browser)
  await send(page, [await stage.file('unasked.bin', 1_000)])
  await expectState(page, 'complete')
  await expect(page.locator('[data-asked]')).toHaveCount(0)

  // Without a screen the browser answers its own question with a no.
  await page.locator('[data-action=settings]').click()
  await page.locator('input[name=notifications]').click()
  await expect(page.locator('[data-asked=true]')).toHaveCount(1)
  await expect(page.locator('[data-toast=trouble]')).toContainText('does not allow notifications')
  await expect(page.locator('input[name=notifications]')).not.toBeChecked()
})

test('tells in the language of the page what has come of it while no page was open', async ({ stage }) => {
  const files = await Promise.all([1, 2, 3].map((number) => stage.file(`${number}.bin`, 1_000)))
  const browser = await stage.browser()
  await setPermission(browser, stage, 'granted')
  const page = await stage.app(browser)
  await switchOn(page, 'de')
  await browser.setOffline(true)
  await send(page, files)
  await page.close()
  // One of the three.
  stage.proxy.plan({ kind: 'answer', status: 413 }, ({ method }) => method === 'POST')
  await browser.setOffline(false)
  await expect.poll(() => notices(browser)).toEqual(['2 Dateien sind angekommen. 1 Upload braucht dich.'])
})

test('tells it to a person who sees only something else of the server', async ({ stage }) => {
  const browser = await stage.browser()
  await setPermission(browser, stage, 'granted')
  const page = await stage.app(browser)
  await switchOn(page)
  await (await browser.newPage()).goto(`${stage.proxy.origin}/actuator/health`)
  await browser.setOffline(true)
  await send(page, [await stage.file('unseen.bin', 1_000)])
  await page.close()
  await browser.setOffline(false)
  await expect.poll(() => notices(browser)).toEqual(['1 file has arrived.'])
})

test('says nothing to a person who sees it', async ({ stage }) => {
  const browser = await stage.browser()
  await setPermission(browser, stage, 'granted')
  const page = await stage.app(browser)
  await switchOn(page)
  await send(page, [await stage.file('seen.bin', 1_000)])
  await expectState(page, 'complete')
  await expect.poll(() => syncsLeft(browser)).toBe(0)
  expect(await notices(browser)).toEqual([])
})

test('tells it from an open page that is not seen', async ({ stage }) => {
  const browser = await stage.browser()
  await setPermission(browser, stage, 'granted')
  const page = await stage.app(browser)
  await switchOn(page)
  // A driven browser shows each of its pages for ever.
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }))
  await send(page, [await stage.file('hidden.bin', 1_000)])
  await expect.poll(() => notices(browser)).toEqual(['1 file has arrived.'])
})

test('sends in silence when notifications were forbidden meanwhile', async ({ stage }) => {
  const file = await stage.file('silent.bin', 1_000)
  const browser = await stage.browser()
  await setPermission(browser, stage, 'granted')
  const page = await stage.app(browser)
  await switchOn(page)
  await setPermission(browser, stage, 'denied')
  await browser.setOffline(true)
  await send(page, [file])
  await page.close()
  await browser.setOffline(false)
  await stage.arrived([file])
  // An event that fails would come again.
  await expect.poll(() => syncsLeft(browser)).toBe(0)
  expect(await notices(browser)).toEqual([])
  await expectState(await stage.app(browser), 'complete')
})

test('shows at the icon how many files are on the way', async ({ stage }) => {
  const files = [await stage.file('first.bin', 1_000), await stage.file('second.bin', 1_000)]
  const browser = await stage.browser()
  const page = await stage.app(browser)
  const app = await InstalledApp.install(page)
  await browser.setOffline(true)
  await send(page, files)
  await expect.poll(() => app.badge()).toBe(2)
  await browser.setOffline(false)
  await expect(rows(page).and(page.locator('[data-state=complete]'))).toHaveCount(2)
  await expect.poll(() => app.badge()).toBe(0)
})

test('takes the number off the icon though no page is open', async ({ stage }) => {
  const file = await stage.file('closed.bin', 1_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  const app = await InstalledApp.install(page)
  await browser.setOffline(true)
  await send(page, [file])
  await expect.poll(() => app.badge()).toBe(1)
  await page.close()
  await browser.setOffline(false)
  await stage.arrived([file])
  await expect.poll(() => app.badge()).toBe(0)
})
