import type { Page } from '@playwright/test'
import { choose, expectState, send } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20
const LENGTH = 8 * MIB

/** Tells its version when it is asked, which the worker before does not. */
const MARK = `
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname === '/version') event.respondWith(new Response('newer'))
})`

/** An upload that goes on for seconds, and in the middle of it a newer version of the service worker. */
async function updateWhileSending(stage: Stage): Promise<{ page: Page; file: SampleFile }> {
  const file = await stage.file('update.bin', LENGTH)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(MIB)
  stage.proxy.rewrite('/sw.js', (script) => script + MARK)
  await page.evaluate(async () => {
    document.body.dataset.loaded = 'before the update'
    await (await navigator.serviceWorker.ready).update()
  })
  await expect(page.locator('[data-action=update]')).toBeVisible()
  return { page, file }
}

/** Whether the newer worker has the page in its charge. */
async function isUpdated(page: Page): Promise<boolean> {
  return await page.evaluate(async () => (await (await fetch('/version')).text()) === 'newer')
}

async function hasWaitingWorker(page: Page): Promise<boolean> {
  return await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)
}

/** Every byte once, and no request that somebody broke off. */
function expectUndisturbed(stage: Stage): void {
  expect(stage.proxy.of('POST')).toHaveLength(1)
  expect(stage.proxy.of('PATCH').filter(({ status }) => status !== 204)).toEqual([])
  expect(stage.proxy.passedOn).toBe(LENGTH)
}

test('sends to the end while a newer version waits to be wanted', async ({ stage }) => {
  const { page, file } = await updateWhileSending(stage)
  await expectState(page, 'sending')
  stage.proxy.pace.bytesPerSecond = null
  await expectState(page, 'complete')
  await stage.arrived([file])
  expectUndisturbed(stage)
  // Nobody has asked for it: the page stays what it is.
  await expect(page.locator('[data-action=update]')).toBeVisible()
  await expect(page.locator('body[data-loaded]')).toHaveCount(1)
  expect(await hasWaitingWorker(page)).toBe(true)
  expect(await isUpdated(page)).toBe(false)
})

test('changes over to the newer version when the upload has ended, not before', async ({ stage }) => {
  const { page, file } = await updateWhileSending(stage)
  await page.locator('[data-action=update]').click()
  await expect(page.locator('[data-banner=update]')).toContainText('as soon as nothing is being sent')
  const before = stage.proxy.passedOn
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(before + MIB)
  await expectState(page, 'sending')
  await expect(page.locator('body[data-loaded]')).toHaveCount(1)
  expect(await hasWaitingWorker(page)).toBe(true)
  expect(await isUpdated(page)).toBe(false)

  const loadedAgain = page.waitForEvent('load')
  stage.proxy.pace.bytesPerSecond = null
  await loadedAgain
  await expectState(page, 'complete')
  await stage.arrived([file])
  expectUndisturbed(stage)
  await expect(page.locator('body[data-loaded]')).toHaveCount(0)
  await expect(page.locator('[data-banner=update]')).toHaveCount(0)
  expect(await isUpdated(page)).toBe(true)
})

test('changes over at once when nothing is being sent', async ({ stage }) => {
  const page = await stage.app()
  stage.proxy.rewrite('/sw.js', (script) => script + MARK)
  await page.evaluate(async () => await (await navigator.serviceWorker.ready).update())
  const loadedAgain = page.waitForEvent('load')
  await page.locator('[data-action=update]').click()
  await loadedAgain
  expect(await isUpdated(page)).toBe(true)
})

test('changes over while an upload waits for its next try, which comes under the newer', async ({
  stage,
}) => {
  const file = await stage.file('waiting.bin', MIB)
  const page = await stage.app()
  const busy = { kind: 'answer', status: 503, headers: { 'Retry-After': '30' } } as const
  stage.proxy.plan(busy, ({ method }) => method === 'POST')
  await send(page, [file])
  await expectState(page, 'waiting')
  stage.proxy.rewrite('/sw.js', (script) => script + MARK)
  await page.evaluate(async () => await (await navigator.serviceWorker.ready).update())
  const loadedAgain = page.waitForEvent('load', { timeout: 15_000 })
  await page.locator('[data-action=update]').click()
  await loadedAgain
  expect(await isUpdated(page)).toBe(true)
  await expectState(page, 'waiting')
  await expectState(page, 'complete', 40_000)
  await stage.arrived([file])
})

/** Playwright shows all tabs at once: this one is told that it is not seen. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** A tab as it was loaded; gone when it is loaded again. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.dataset.loaded = 'before the update'
  })
}

test('brings every tab to the newer version, and lets a draft be sent before', async ({ stage }) => {
  const file = await stage.file('drafted.bin', MIB)
  const browser = await stage.browser()
  const [asking, unseen, drafting] = [
    await stage.app(browser),
    await stage.app(browser),
    await stage.app(browser),
  ]
  for (const page of [asking, unseen, drafting]) await mark(page)
  await choose(drafting, [file])
  await drafting.locator('[name=title]').fill('Half a sentence')
  await drafting.locator('[name=title]').blur()
  await hide(drafting)
  await hide(unseen)
  stage.proxy.rewrite('/sw.js', (script) => script + MARK)
  await asking.evaluate(async () => await (await navigator.serviceWorker.ready).update())
  await asking.locator('[data-action=update]').click()
  for (const page of [asking, unseen]) {
    await expect(page.locator('body[data-loaded]')).toHaveCount(0)
    await expect.poll(() => isUpdated(page)).toBe(true)
  }
  await expect(drafting.locator('[name=title]')).toHaveValue('Half a sentence')
  await expect(drafting.locator('body[data-loaded]')).toHaveCount(1)
  await drafting.locator('[data-action=send]').click()
  await expect(drafting.locator('body[data-loaded]')).toHaveCount(0)
  await stage.arrived([file])
  expect(stage.metadata).toMatchObject([{ filename: 'drafted.bin', title: 'Half a sentence' }])
})

test('waits for what another tab sends, and then asks who looks at that tab', async ({ stage }) => {
  const { page, file } = await updateWhileSending(stage)
  const other = await stage.app(page.context())
  await other.locator('[data-action=update]').click()
  const before = stage.proxy.passedOn
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(before + MIB)
  expect(await isUpdated(page)).toBe(false)
  stage.proxy.pace.bytesPerSecond = null
  await expect.poll(() => isUpdated(page)).toBe(true)
  await expectState(page, 'complete')
  await stage.arrived([file])
  expectUndisturbed(stage)
  await expect(page.locator('body[data-loaded]')).toHaveCount(1)
  await page.locator('[data-action=update]').click()
  await expect(page.locator('body[data-loaded]')).toHaveCount(0)
  await expect(page.locator('[data-banner=update]')).toHaveCount(0)
})
