import { Firefox, sendIn, stateIn } from './harness/firefox.ts'
import { expect, test } from './harness/test.ts'

const LENGTH = 6_000_000

test.describe('In Firefox, which has no Background Sync,', () => {
  let firefox: Firefox

  test.beforeEach(async () => {
    firefox = await Firefox.start()
  })

  test.afterEach(async () => await firefox.close())

  test('a chosen file arrives', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    const page = await firefox.app(stage.proxy.origin)
    await sendIn(page, file.path)
    await stateIn(page, 'complete')
    await stage.arrived([file])
  })

  test('the page says that it has to stay open while something is left', async ({ stage }) => {
    const page = await firefox.app(stage.proxy.origin)
    stage.proxy.pace.bytesPerSecond = 1_000
    await sendIn(page, (await stage.file('a.bin', LENGTH)).path)
    const text = await page.evaluate(() => document.body.textContent)
    expect(text).toContain('Keep this tab open')
  })

  test('an upload goes on when the server was killed and started again', async ({ stage, server }) => {
    const file = await stage.file('beach.bin', LENGTH)
    const page = await firefox.app(stage.proxy.origin)
    stage.proxy.pace.bytesPerSecond = 2_000_000
    await sendIn(page, file.path)
    await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_500_000)
    await server.kill()
    await stateIn(page, 'waiting')
    await server.restart()
    await stateIn(page, 'complete')
    await stage.arrived([file])
  })

  test('an upload goes on after the browser was closed in the middle', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    stage.proxy.pace.bytesPerSecond = 2_000_000
    await sendIn(await firefox.app(stage.proxy.origin), file.path)
    await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_500_000)
    await firefox.restart()
    await stateIn(await firefox.app(stage.proxy.origin), 'complete')
    await stage.arrived([file])
  })

  test('a file is kept without a network, and sent when there is one', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    const page = await firefox.app(stage.proxy.origin)
    await page.setOfflineMode(true)
    await page.reload()
    await sendIn(page, file.path)
    expect(await stage.stored()).toEqual([])
    await page.setOfflineMode(false)
    await stateIn(page, 'complete')
    await stage.arrived([file])
  })
})
