import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { choose, expectState, press, rows, send } from './harness/app.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface WithAxe {
  readonly axe: { readonly run: () => Promise<AxeResults> }
}

/** What axe has to say against the page, in light and in dark. */
async function violations(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await settled(page)
    const results = await page.evaluate(() => (globalThis as unknown as WithAxe).axe.run())
    for (const { id, nodes } of results.violations) {
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html} ${failureSummary}`),
      )
    }
  }
  return found
}

/** Waits until colours have changed: a transition between two schemes has the contrast of neither. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
}

/** The app with axe in it: through the debugger, because the page's own policy allows no other script. */
async function appWithAxe(stage: Stage): Promise<Page> {
  const browser = await stage.browser()
  await browser.addInitScript({ path: AXE })
  return await stage.app(browser)
}

const SCREENS: Readonly<Record<string, (page: Page, stage: Stage) => Promise<void>>> = {
  empty: async (page) => {
    await expect(page.locator('[data-intake=files]')).toBeAttached()
  },
  draft: async (page, stage) => {
    await choose(page, [await stage.file('draft.bin', 1_000)])
  },
  shared: async (page) => {
    await page.evaluate(async () => {
      const form = new FormData()
      form.set('title', 'Only words, and no file yet')
      await fetch('/share', { method: 'POST', body: form })
    })
    await page.reload()
    await expect(page.locator('[data-draft]')).toContainText('Add at least one file')
  },
  sending: async (page, stage) => {
    stage.proxy.pace.bytesPerSecond = MIB
    await send(page, [await stage.file('sending.bin', 50 * MIB)])
    await expectState(page, 'sending')
  },
  paused: async (page, stage) => {
    stage.proxy.pace.bytesPerSecond = MIB
    await send(page, [await stage.file('paused.bin', 50 * MIB)])
    await press(page, 'pause')
    await expectState(page, 'paused')
  },
  'needs-sign-in': async (page, stage) => {
    stage.proxy.plan({ kind: 'answer', status: 401 }, ({ method }) => method === 'POST')
    await send(page, [await stage.file('sign-in.bin', 1_000)])
    await expectState(page, 'needs-sign-in')
  },
  failed: async (page, stage) => {
    stage.proxy.plan({ kind: 'answer', status: 413 }, ({ method }) => method === 'POST')
    await send(page, [await stage.file('failed.bin', 1_000)])
    await expectState(page, 'failed')
  },
  complete: async (page, stage) => {
    await send(page, [await stage.file('complete.bin', 1_000)])
    await expectState(page, 'complete')
  },
  offline: async (page, stage) => {
    await page.context().setOffline(true)
    await send(page, [await stage.file('offline.bin', 1_000)])
    await expect(page.locator('[data-banner=offline]')).toBeVisible()
  },
  settings: async (page) => {
    await page.locator('[data-action=settings]').click()
    await expect(page.locator('dialog[open]')).toBeVisible()
  },
}

for (const [name, show] of Object.entries(SCREENS)) {
  test(`is accessible as far as axe sees: ${name}`, async ({ stage }) => {
    const page = await appWithAxe(stage)
    await show(page, stage)
    expect(await violations(page)).toEqual([])
  })
}

test('can be installed', async ({ stage }) => {
  const page = await stage.app()
  const debug = await page.context().newCDPSession(page)
  const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors')
  expect(installabilityErrors).toEqual([])
  const { errors, url } = await debug.send('Page.getAppManifest')
  expect(errors).toEqual([])
  expect(url).toContain('manifest')
})

test('asks nobody but its own origin, and breaks no rule of its policy', async ({ stage }) => {
  const page = await stage.app()
  const asked: string[] = []
  const said: string[] = []
  page.context().on('request', (request) => asked.push(new URL(request.url()).origin))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  })
  page.on('pageerror', (failure) => said.push(String(failure)))
  await page.reload()
  await send(page, [await stage.file('own.bin', 10_000)])
  await expectState(page, 'complete')
  expect([...new Set(asked)].filter((origin) => origin !== 'null')).toEqual([stage.proxy.origin])
  expect(said).toEqual([])
})

test('fits a small phone', async ({ stage }) => {
  const page = await stage.app()
  await page.setViewportSize({ width: 360, height: 640 })
  await send(page, [await stage.file(`${'a-very-long-name-'.repeat(8)}.bin`, 10_000)])
  await expectState(page, 'complete')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await expect(rows(page).locator('[data-action=forget]')).toBeInViewport()
})

test('shows names of usual length whole on a small phone, and says nothing of no bytes', async ({
  stage,
}) => {
  const page = await stage.app()
  await page.setViewportSize({ width: 360, height: 640 })
  await page.context().setOffline(true)
  await send(page, [await stage.file('Lighthouse at noon.jpg', 10_000)])
  await expectState(page, /queued|waiting/)
  const head = rows(page).locator('.file-name-head')
  await expect(head).toBeVisible()
  expect(await head.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
  await expect(rows(page)).toContainText('10 kB')
  await expect(rows(page)).not.toContainText(/\b0 byte/)
})
