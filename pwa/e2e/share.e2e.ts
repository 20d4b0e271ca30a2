import type { Page } from '@playwright/test'
import { expectState, rows } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import { expect, test } from './harness/test.ts'

/** Posts the form that the browser makes of what another app shares. */
async function share(page: Page, file: SampleFile): Promise<void> {
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.method = 'post'
    form.enctype = 'multipart/form-data'
    form.action = '/share'
    for (const [type, name, value] of [
      ['text', 'title', 'From the gallery'],
      ['text', 'text', 'Look at this'],
      ['text', 'url', 'https://example.org/'],
      ['file', 'files', ''],
    ] as const) {
      const input = document.createElement('input')
      Object.assign(input, { type, name, value })
      form.append(input)
    }
    document.body.append(form)
  })
  await page.locator('form[action="/share"] [name=files]').setInputFiles(file.path)
  await page.locator('form[action="/share"]').evaluate((form: HTMLFormElement) => form.submit())
}

test('sends what another app shares', async ({ stage }) => {
  const file = await stage.file('shared.jpg', 1_500_000)
  const page = await stage.app()
  await share(page, file)
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(stage.metadata).toMatchObject([
    { filename: 'shared.jpg', title: 'From the gallery', note: 'Look at this\nhttps://example.org/' },
  ])
})

test('shares once though the page is loaded again', async ({ stage }) => {
  const file = await stage.file('again.jpg', 100_000)
  const page = await stage.app()
  await share(page, file)
  await expectState(page, 'complete')
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await stage.arrived([file])
})

test('keeps what is shared without a network, and sends it later', async ({ stage }) => {
  const file = await stage.file('offline.jpg', 100_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await share(page, file)
  await expect(rows(page)).toHaveCount(1)
  expect(await stage.stored()).toHaveLength(0)
  await browser.setOffline(false)
  await stage.arrived([file])
})
