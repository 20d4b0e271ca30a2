import { expectState, rows, send } from './harness/app.ts'
import type { Exchange } from './harness/exchange.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/** An append that is not the first. */
function inTheMiddle({ method, fromOffset }: Exchange): boolean {
  return method === 'PATCH' && fromOffset !== null && fromOffset > 0
}

for (const status of [409, 423, 500]) {
  test(`goes on when the server answers ${status} in the middle`, async ({ stage }) => {
    const file = await stage.file(`answer-${status}.bin`, 4 * MIB)
    const page = await stage.app()
    stage.proxy.plan({ kind: 'answer', status }, inTheMiddle, 2)
    await send(page, [file])
    await expectState(page, 'complete', 30_000)
    await stage.arrived([file])
    expect(stage.proxy.of('PATCH').filter((exchange) => exchange.status === status)).toHaveLength(2)
    expect(stage.proxy.of('POST')).toHaveLength(1)
  })
}

test('waits as long as the server asks for', async ({ stage }) => {
  const file = await stage.file('busy.bin', 4 * MIB)
  const page = await stage.app()
  stage.proxy.plan({ kind: 'answer', status: 503, headers: { 'Retry-After': '3' } }, inTheMiddle)
  await send(page, [file])
  await expectState(page, 'waiting')
  const refused = Date.now()
  const before = stage.proxy.of('PATCH').length
  await expect.poll(() => stage.proxy.of('PATCH').length).toBeGreaterThan(before)
  expect(Date.now() - refused).toBeGreaterThan(2_000)
  await stage.arrived([file])
})

test('begins anew when the server has thrown the upload away', async ({ stage }) => {
  const file = await stage.file('gone.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = 2 * MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  const [upload] = await stage.stored()
  // By its owner, say, or because it has expired: both answer 410 from then on.
  await fetch(stage.server.origin + upload?.path, {
    method: 'DELETE',
    headers: { 'Tus-Resumable': '1.0.0' },
  })
  stage.proxy.pace.bytesPerSecond = null
  await expectState(page, 'complete', 30_000)
  await stage.arrived([file])
  expect(stage.proxy.exchanges.some(({ status }) => status === 410)).toBe(true)
})

test('gives up with a reason when the server refuses the file', async ({ stage }) => {
  const file = await stage.file('huge.bin', MIB)
  const page = await stage.app()
  stage.proxy.plan({ kind: 'answer', status: 413 }, ({ method }) => method === 'POST')
  await send(page, [file])
  await expectState(page, 'failed')
  await expect(rows(page)).toContainText('too large')
  expect(await stage.stored()).toHaveLength(0)
})
