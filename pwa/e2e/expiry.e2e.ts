import { expectState, press, rows, send } from './harness/app.ts'
import { ServerProcess } from './harness/server.ts'
import type { Stage } from './harness/stage.ts'
import { test as base, expect } from './harness/test.ts'

const MIB = 1 << 20

/** A server that soon gives up what is not complete, and looks for it all the time. */
const test = base.extend<{ stage: Stage }, { server: ServerProcess }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const server = await ServerProcess.start('--longhaul.expiry=5s', '--longhaul.sweep-interval=1s')
      await use(server)
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

async function statusOf(url: string): Promise<number> {
  return (await fetch(url, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).status
}

test('sends all of it again when it was paused for longer than the server keeps it', async ({ stage }) => {
  const file = await stage.file('expired.bin', 12 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = 4 * MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await press(page, 'pause')
  await expectState(page, 'paused')
  await expect(rows(page)).toContainText('The server keeps it until')
  const [begun] = await stage.stored()
  expect(begun?.offset).toBeGreaterThan(0)
  await expect.poll(() => statusOf(stage.server.origin + begun?.path)).toBe(410)
  await expect.poll(() => stage.server.idsWithContent()).toHaveLength(0)

  stage.proxy.pace.bytesPerSecond = null
  await page.reload()
  await expect(rows(page)).not.toContainText('The server keeps it until')
  await press(page, 'resume')
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(await stage.server.idsWithContent()).toHaveLength(1)
  expect(stage.proxy.exchanges.filter(({ status }) => status === 410)).toMatchObject([{ method: 'HEAD' }])
  expect(stage.proxy.of('POST')).toHaveLength(2)
})
