import type { Page } from '@playwright/test'
import { choose, rows } from './harness/app.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const PLACE = { latitude: 52.5163, longitude: 13.3777 }

/** What the server says about where its only upload was made. */
async function placeOnServer(stage: Stage): Promise<string | undefined> {
  const [{ path } = { path: '' }] = await stage.stored()
  const answer = await fetch(stage.server.origin + path, {
    method: 'HEAD',
    headers: { 'Tus-Resumable': '1.0.0' },
  })
  const metadata = answer.headers.get('Upload-Metadata') ?? ''
  // Without it the answer would be about nothing.
  expect(metadata).toContain('filename ')
  const pairs = metadata.split(',').map((pair) => pair.split(' '))
  const [, value] = pairs.find(([key]) => key === 'location') ?? []
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString()
}

/** The app in a browser that tells where it is. */
async function placedApp(stage: Stage): Promise<Page> {
  const browser = await stage.browser()
  await browser.grantPermissions(['geolocation'], { origin: stage.proxy.origin })
  await browser.setGeolocation(PLACE)
  return await stage.app(browser)
}

test('sends where it was made, when the person wants that', async ({ stage }) => {
  const file = await stage.file('here.jpg', 10_000)
  const page = await placedApp(stage)
  await choose(page, [file])
  await page.locator('[data-action=place]').click()
  await expect(page.locator('.place-shown')).toContainText('52.5163')
  await page.locator('[data-action=send]').click()
  await stage.arrived([file])
  expect(await placeOnServer(stage)).toBe('geo:52.5163,13.3777')
})

test('sends no place that nobody has asked for, or that was taken out again', async ({ stage }) => {
  const file = await stage.file('anywhere.jpg', 10_000)
  const page = await placedApp(stage)
  await choose(page, [file])
  await page.locator('[data-action=place]').click()
  await page.locator('[data-action=remove-place]').click()
  await page.locator('[data-action=send]').click()
  await stage.arrived([file])
  expect(await placeOnServer(stage)).toBeUndefined()
})

test('says that the place may not be known, and sends without it', async ({ stage }) => {
  const file = await stage.file('nowhere.jpg', 10_000)
  // Without a screen the browser answers its own question with a no.
  const page = await stage.app()
  await choose(page, [file])
  await page.locator('[data-action=place]').click()
  await expect(page.locator('.place-field [role=alert]')).toContainText('may not tell where you are')
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(1)
  await stage.arrived([file])
  expect(await placeOnServer(stage)).toBeUndefined()
})
