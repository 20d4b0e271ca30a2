import { expect, test } from './harness/test.ts'
import { hasWebKit, WebKit } from './harness/webkit.ts'

const LENGTH = 6_000_000

test.describe('In WebKitGTK, which has no Background Sync and keeps no Blobs in private sessions,', () => {
  test.skip(!hasWebKit(), 'the packages webkit2gtk-driver and xvfb are not there')

  let webkit: WebKit

  test.beforeEach(async () => {
    webkit = await WebKit.start()
  })

  test.afterEach(async () => await webkit.close())

  test('a chosen file arrives', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    await webkit.open(stage.proxy.origin)
    await webkit.send(file.path)
    await webkit.state('complete')
    await stage.arrived([file])
  })

  test('an upload goes on after the page was loaded again in the middle', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    await webkit.open(stage.proxy.origin)
    stage.proxy.pace.bytesPerSecond = 2_000_000
    await webkit.send(file.path)
    await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_500_000)
    await webkit.open(stage.proxy.origin)
    await webkit.state('complete')
    await stage.arrived([file])
  })

  test('an upload goes on when its connections were cut', async ({ stage }) => {
    const file = await stage.file('beach.bin', LENGTH)
    await webkit.open(stage.proxy.origin)
    stage.proxy.plan({ kind: 'cut', afterBytes: 300_000 }, ({ method }) => method === 'PATCH', 2)
    await webkit.send(file.path)
    await webkit.state('complete')
    await stage.arrived([file])
  })

  test('an upload goes on when the server was killed and started again', async ({ stage, server }) => {
    const file = await stage.file('beach.bin', LENGTH)
    await webkit.open(stage.proxy.origin)
    stage.proxy.pace.bytesPerSecond = 2_000_000
    await webkit.send(file.path)
    await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1_500_000)
    await server.kill()
    await webkit.state('waiting')
    await server.restart()
    await webkit.state('complete')
    await stage.arrived([file])
  })
})
