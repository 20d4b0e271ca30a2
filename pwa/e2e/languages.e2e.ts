import type { Page } from '@playwright/test'
import { choose, rows } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import { freshBrowser } from './harness/fresh.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const WIDTH = 360
const LENGTH = 3_000_000

interface Words {
  readonly headline: string
  readonly oneFile: RegExp
  readonly fiveFiles: RegExp
}

const WORDS: Readonly<Record<string, Words>> = {
  'en-GB': {
    headline: 'Choose it anywhere. It gets there.',
    oneFile: /^1 file,/,
    fiveFiles: /^5 files,/,
  },
  'ru-RU': {
    headline: 'Выберите где угодно. Файл дойдёт.',
    oneFile: /^1 файл,/,
    fiveFiles: /^5 файлов,/,
  },
  'fr-FR': {
    headline: 'Choisissez n’importe où. Le fichier arrive.',
    oneFile: /^1 fichier,/,
    fiveFiles: /^5 fichiers,/,
  },
  'de-DE': {
    headline: 'Irgendwo ausgewählt. Sicher angekommen.',
    oneFile: /^1 Datei,/,
    fiveFiles: /^5 Dateien,/,
  },
}

/** Runs something with the page in a browser of a language, on a small phone. */
async function inLanguage(stage: Stage, locale: string, run: (page: Page) => Promise<void>): Promise<void> {
  const browser = await freshBrowser({ locale, viewport: { width: WIDTH, height: 640 }, hasTouch: true })
  try {
    await run(await stage.app(browser))
  } finally {
    await browser.close()
  }
}

/** Names as people give them, with and without a place where a line may break. */
async function longFiles(stage: Stage): Promise<readonly SampleFile[]> {
  const names = [
    `${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}.bin`,
    `${'a very long name '.repeat(8)}.bin`,
    `${'фотография_из_отпуска_'.repeat(5)}.bin`,
    `${'2026-07-12T10.15.42_'.repeat(6)}.tar.gz`,
    'short.bin',
  ]
  return await Promise.all(names.map((name) => stage.file(name, LENGTH)))
}

/** What can be read or pressed and is not within the width of the screen. */
async function outside(page: Page): Promise<readonly string[]> {
  return await page.evaluate((width) => {
    const shown = document.querySelectorAll('h1, h2, h3, p, a, button, label, input, textarea, [role]')
    const cut = [...shown].filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return element.checkVisibility() && (left < -0.5 || right > width + 0.5)
    })
    const page = document.documentElement.scrollWidth
    return [...(page > width ? [`the page: ${page}`] : []), ...cut.map(({ outerHTML }) => outerHTML)]
  }, WIDTH)
}

for (const [locale, words] of Object.entries(WORDS)) {
  test(`speaks the language of the browser: ${locale}`, async ({ stage }) => {
    const files = await longFiles(stage)
    await inLanguage(stage, locale, async (page) => {
      await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
      await expect(page.locator('h1')).toHaveText(words.headline)
      await choose(page, files.slice(0, 1))
      await expect(page.locator('[data-draft] header p')).toHaveText(words.oneFile)
      await choose(page, files.slice(1))
      await expect(page.locator('[data-draft] header p')).toHaveText(words.fiveFiles)
    })
  })

  test(`fits a small phone: ${locale}`, async ({ stage }) => {
    const files = await longFiles(stage)
    await inLanguage(stage, locale, async (page) => {
      expect(await outside(page), 'empty').toEqual([])
      await page.locator('[data-action=settings]').click()
      await expect(page.locator('dialog[open]')).toBeVisible()
      expect(await outside(page), 'settings').toEqual([])
      await page.keyboard.press('Escape')
      await choose(page, files)
      expect(await outside(page), 'draft').toEqual([])
      await page.context().setOffline(true)
      await page.locator('[data-action=send]').click()
      await expect(page.locator('[data-banner=offline]')).toBeVisible()
      await expect(rows(page)).toHaveCount(files.length)
      expect(await outside(page), 'offline').toEqual([])
      stage.proxy.pace.bytesPerSecond = 500_000
      await page.context().setOffline(false)
      // The widest it gets: with speed and time left.
      await expect(page.locator('[data-state=sending] .row-numbers :nth-child(4)').first()).toBeVisible()
      expect(await outside(page), 'sending').toEqual([])
      stage.proxy.pace.bytesPerSecond = null
      for (const row of await rows(page).all()) await expect(row).toHaveAttribute('data-state', 'complete')
      expect(await outside(page), 'complete').toEqual([])
      await stage.arrived(files)
    })
  })
}
