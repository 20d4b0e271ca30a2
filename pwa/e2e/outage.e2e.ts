import { expectState, send } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

test('goes on when the server was killed in the middle and started again', async ({ stage }) => {
  const file = await stage.file('server.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  await stage.server.kill()
  await expectState(page, 'waiting')
  stage.proxy.pace.bytesPerSecond = null
  await stage.server.restart()
  await expectState(page, 'complete', 45_000)
  await stage.arrived([file])
  expect(stage.proxy.of('POST')).toHaveLength(1)
})

test('goes on when connections are cut, again and again', async ({ stage }) => {
  const file = await stage.file('cuts.bin', 4 * MIB)
  const page = await stage.app()
  stage.proxy.plan({ kind: 'cut', afterBytes: 200_000 }, ({ method }) => method === 'PATCH', 3)
  await send(page, [file])
  await expectState(page, 'complete', 45_000)
  await stage.arrived([file])
  expect(stage.proxy.of('PATCH').filter(({ status }) => status === null)).toHaveLength(3)
})

test('creates one upload though the answer to the creation was lost', async ({ stage }) => {
  const file = await stage.file('answer.bin', MIB)
  const page = await stage.app()
  stage.proxy.plan({ kind: 'lose-answer' }, ({ method }) => method === 'POST')
  await send(page, [file])
  await expectState(page, 'complete', 30_000)
  await stage.arrived([file])
  expect(stage.proxy.of('POST')).toHaveLength(2)
})
