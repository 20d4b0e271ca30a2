import type { BrowserContext, Page } from '@playwright/test'
import { expectState, press, rows, send } from './harness/app.ts'
import { downloadedSha256, type SampleFile } from './harness/files.ts'
import { freshBrowser } from './harness/fresh.ts'
import { Gateway } from './harness/gateway.ts'
import { hasNginx } from './harness/nginx.ts'
import type { Stage } from './harness/stage.ts'
import { test as base, expect } from './harness/test.ts'

const MIB = 1 << 20

/** The browser talks to nginx, and that to the proxy, which sees what was let through. */
const test = base.extend<{ gateway: Gateway }>({
  gateway: async ({ stage }, use) => {
    const gateway = await Gateway.start(stage.proxy.port)
    await use(gateway)
    await gateway.close()
  },
})

test.skip(!hasNginx(), 'nginx is not there')

async function signIn(page: Page, token: string): Promise<void> {
  await rows(page).locator('input[type=password]').fill(token)
  await press(page, 'sign-in')
}

/** The server took every append that was answered: each began at its offset, and at 0 but once. */
function expectNoStartAnew(stage: Stage): void {
  const appends = stage.proxy.of('PATCH')
  expect(appends.filter(({ status }) => status !== 204 && status !== null)).toEqual([])
  expect(appends.filter(({ fromOffset }) => fromOffset === 0)).toHaveLength(1)
  expect(stage.proxy.of('POST')).toHaveLength(1)
}

test('sends nothing before a sign-in, and goes on where it was when a token ends in the middle', async ({
  stage,
  gateway,
}) => {
  const file = await stage.file('secret.bin', 12 * MIB)
  const page = await stage.app(undefined, gateway.origin)
  await send(page, [file])
  await expectState(page, 'needs-sign-in')
  expect(stage.proxy.exchanges).toHaveLength(0)
  let left = 2
  gateway.rule = ({ method, token }) => token === 'first' && (method !== 'PATCH' || left-- > 0)
  await signIn(page, 'first')
  await expect
    .poll(() => gateway.decisions.some(({ method, allowed }) => method === 'PATCH' && !allowed))
    .toBe(true)
  await expectState(page, 'needs-sign-in')
  const [before] = await stage.stored()
  expect(before?.offset).toBeGreaterThan(MIB)
  gateway.accept('second')
  await signIn(page, 'second')
  await expectState(page, 'complete')
  await stage.arrived([file])
  expectNoStartAnew(stage)
  // Not one byte was sent twice.
  expect(stage.proxy.passedOn).toBe(file.length)
})

test('says that a sign-in is needed when the token ends while the service worker sends', async ({
  stage,
  gateway,
}) => {
  const file = await stage.file('sealed.bin', 8 * MIB)
  const browser = await stage.browser()
  await browser.grantPermissions(['notifications', 'background-sync'], { origin: gateway.origin })
  const page = await stage.app(browser, gateway.origin)
  await page.locator('[data-action=settings]').click()
  await page.locator('dialog [name=notifications]').click()
  await page.keyboard.press('Escape')
  await send(page, [file])
  gateway.accept('first')
  stage.proxy.pace.bytesPerSecond = 2 * MIB
  await signIn(page, 'first')
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  const known = gateway.refused.length
  gateway.accept('second')
  await page.close()
  await expect.poll(() => gateway.refused.length).toBeGreaterThan(known)
  // Nobody who sees the page is told so: it is opened only then.
  await expect.poll(() => notices(browser)).toEqual(['1 upload needs you.'])
  stage.proxy.pace.bytesPerSecond = null

  const next = await stage.app(browser, gateway.origin)
  await expectState(next, 'needs-sign-in')
  await signIn(next, 'second')
  await expectState(next, 'complete')
  await stage.arrived([file])
  expectNoStartAnew(stage)
})

/** What the service worker has told a person who sees no page. */
async function notices(browser: BrowserContext): Promise<readonly string[]> {
  const [worker] = browser.serviceWorkers()
  const told = await worker?.evaluate(async () => {
    const { registration } = globalThis as unknown as { readonly registration: ServiceWorkerRegistration }
    return (await registration.getNotifications()).map(({ body }) => body)
  })
  return told ?? []
}

/** Uploads a file through the gateway, with a token that it accepts. */
async function uploaded(page: Page, stage: Stage, gateway: Gateway, name: string): Promise<SampleFile> {
  const file = await stage.file(name, 3 * MIB)
  gateway.accept('first')
  await send(page, [file])
  await signIn(page, 'first')
  await expectState(page, 'complete')
  return file
}

test('downloads with the token, through the service worker', async ({ stage, gateway }) => {
  const page = await stage.app(undefined, gateway.origin)
  const file = await uploaded(page, stage, gateway, 'Größe (1).bin')
  const began = page.waitForEvent('download')
  await press(page, 'download')
  const download = await began
  expect(download.url()).toContain('/download/')
  expect(download.suggestedFilename()).toBe(file.name)
  expect(await downloadedSha256(download)).toBe(file.sha256)
  expect(page.url()).toBe(`${gateway.origin}/`)

  gateway.accept('second')
  await press(page, 'download')
  await expect(page.locator('[data-toast=trouble]')).toContainText('Set the access token')
})

test('opens what has arrived with the token', async ({ stage, gateway }) => {
  const page = await stage.app(undefined, gateway.origin)
  await uploaded(page, stage, gateway, 'open.txt')
  const answered = page.waitForResponse((response) => response.url().includes('/files/'))
  await page.locator('a[data-link]').click()
  expect((await answered).status()).toBe(200)
})

test('downloads with the token where service workers are forbidden', async ({ stage, gateway }) => {
  const browser = await freshBrowser({ serviceWorkers: 'block' })
  try {
    const page = await browser.newPage()
    await page.goto(gateway.origin)
    const file = await uploaded(page, stage, gateway, 'alone.bin')
    const began = page.waitForEvent('download')
    await press(page, 'download')
    const download = await began
    expect(download.suggestedFilename()).toBe(file.name)
    expect(await downloadedSha256(download)).toBe(file.sha256)
  } finally {
    await browser.close()
  }
})
