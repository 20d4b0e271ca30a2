import { fileURLToPath } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { expectState, rows, storedRecords } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import { browserWith, largestRendererBytes } from './harness/processes.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/** As `formData()`, it would all be in memory; of more than 500 MB, it would come empty. */
const LARGE = 256 * MIB
const RENDERER_LIMIT = 300 * MIB

const PICTURE = fileURLToPath(new URL('../public/icons/192.png', import.meta.url))

/** Posts the form that the browser makes of what another app shares; any web site can do so. */
async function share(page: Page, origin: string, files: readonly string[], title = 'From the gallery') {
  await page.evaluate(
    ([action, own]) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action })
      for (const [type, name, value] of [
        ['text', 'title', own],
        ['text', 'text', 'Look at this'],
        ['text', 'url', 'https://example.org/'],
        ['file', 'files', ''],
      ] as const) {
        const input = document.createElement('input')
        Object.assign(input, { type, name, value, multiple: true })
        form.append(input)
      }
      document.body.append(form)
    },
    [`${origin}/share`, title] as const,
  )
  const input = page.locator('form[action$="/share"] [name=files]')
  await input.setInputFiles(files)
  await page.locator('form[action$="/share"]').evaluate((form: HTMLFormElement) => form.submit())
}

function pathsOf(files: readonly SampleFile[]): readonly string[] {
  return files.map(({ path }) => path)
}

function draft(page: Page): Locator {
  return page.locator('[data-draft]')
}

test('makes a draft of what another app shares, and sends it when the person says so', async ({ stage }) => {
  const file = await stage.file('shared.jpg', 6 * MIB)
  const page = await stage.app()
  await share(page, stage.proxy.origin, pathsOf([file]))
  await expect(draft(page).locator('[name=title]')).toHaveValue('From the gallery')
  await expect(draft(page).locator('[name=note]')).toHaveValue('Look at this\nhttps://example.org/')
  await expect(draft(page)).toContainText('shared.jpg')
  await page.locator('[data-action=send]').click()
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(stage.metadata).toMatchObject([
    { filename: 'shared.jpg', title: 'From the gallery', note: 'Look at this\nhttps://example.org/' },
  ])
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await expect(draft(page)).toHaveCount(0)
  expect(await storedRecords(page)).toMatchObject({ shares: 0, chunks: 0 })
})

test('sends nothing of what a web site shares, and forgets it when it is discarded', async ({ stage }) => {
  const file = await stage.file('hostile.bin', 100_000)
  const browser = await stage.browser()
  await (await stage.app(browser)).close()
  const site = await browser.newPage()
  await share(site, stage.proxy.origin, pathsOf([file]), 'You have won')
  await expect(draft(site)).toContainText('Nothing is sent before you say so')
  await site.locator('[data-action=discard]').click()
  await expect(draft(site)).toHaveCount(0)
  expect(await storedRecords(site)).toMatchObject({ uploads: 0, shares: 0, chunks: 0 })
  expect(stage.proxy.exchanges).toEqual([])
})

test('keeps the draft, and what was typed into it, when the tab is closed', async ({ stage }) => {
  const file = await stage.file('kept.jpg', 100_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await share(page, stage.proxy.origin, pathsOf([file]))
  await draft(page).locator('[name=title]').fill('Changed')
  await page.close({ runBeforeUnload: true })
  const later = await stage.app(browser)
  await expect(draft(later).locator('[name=title]')).toHaveValue('Changed')
  await later.locator('[data-action=send]').click()
  await stage.arrived([file])
  expect(stage.metadata).toMatchObject([{ filename: 'kept.jpg', title: 'Changed' }])
})

test('keeps what is shared without a network, and sends it later', async ({ stage }) => {
  const file = await stage.file('offline.jpg', 100_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await share(page, stage.proxy.origin, pathsOf([file]))
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(1)
  expect(await stage.stored()).toHaveLength(0)
  await browser.setOffline(false)
  await stage.arrived([file])
})

test('asks for a file when only words are shared', async ({ stage }) => {
  const file = await stage.file('added.bin', 100_000)
  const page = await stage.app()
  await share(page, stage.proxy.origin, [], 'Words')
  await expect(draft(page)).toContainText('Add at least one file')
  await expect(page.locator('[data-action=send]')).toHaveAttribute('aria-disabled', 'true')
  await draft(page).locator('[name=title]').press('Enter')
  expect(await storedRecords(page)).toMatchObject({ shares: 1, uploads: 0 })
  await page.locator('[data-intake=files]').setInputFiles(file.path)
  await page.locator('[data-action=send]').click()
  await stage.arrived([file])
  expect(stage.metadata).toMatchObject([{ filename: 'added.bin', title: 'Words' }])
})

test('shows one after the other what was shared, each with its small picture', async ({ stage }) => {
  const page = await stage.app()
  await share(page, stage.proxy.origin, [PICTURE], 'First')
  await expect(draft(page).locator('img')).toBeVisible()
  await share(page, stage.proxy.origin, [PICTURE], 'Second')
  await expect(draft(page).locator('[name=title]')).toHaveValue('Second')
  await expect(draft(page)).toContainText('1 more that was shared')
  await page.locator('[data-action=send]').click()
  await expect(draft(page).locator('[name=title]')).toHaveValue('First')
  await expect(rows(page).locator('img')).toBeVisible()
  await page.locator('[data-action=discard]').click()
  await expect(draft(page)).toHaveCount(0)
})

test('takes a large file without having it in memory', async ({ stage }) => {
  const file = await stage.file('film.mp4', LARGE)
  const page = await stage.app()
  const browser = browserWith(stage.profile) ?? 0
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, largestRendererBytes(browser))
  }, 200)
  try {
    await share(page, stage.proxy.origin, pathsOf([file]))
    await expect(draft(page)).toContainText('268 MB', { timeout: 45_000 })
  } finally {
    clearInterval(watch)
  }
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(RENDERER_LIMIT)
})
