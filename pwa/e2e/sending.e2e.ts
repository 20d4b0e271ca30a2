import { choose, expectState, press, rows, send, sendAndPause } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

test('brings a chosen file to the server', async ({ stage }) => {
  const file = await stage.file('holiday.jpg', 3 * MIB + 7)
  const page = await stage.app()
  await send(page, [file])
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(stage.proxy.of('POST')).toHaveLength(1)
})

test('brings an empty file to the server', async ({ stage }) => {
  const file = await stage.file('empty.txt', 0)
  const page = await stage.app()
  await send(page, [file])
  await expectState(page, 'complete')
  await stage.arrived([file])
})

test('sends several files as one post, with what was said about them', async ({ stage }) => {
  const files = await Promise.all(
    [1, 2, 3, 4].map((number) => stage.file(`Größe ${number}.bin`, number * 300_000)),
  )
  const page = await stage.app()
  await choose(page, files)
  await page.locator('[name=title]').fill('Höhlenfahrt')
  await page.locator('[name=note]').fill('Zwei Zeilen,\nund ein Komma')
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(4)
  await stage.arrived(files)
  const said = { title: 'Höhlenfahrt', note: 'Zwei Zeilen,\nund ein Komma' }
  const wanted = files.map(({ name }) => expect.objectContaining({ ...said, filename: name }))
  expect(stage.metadata.toSorted((a, b) => (a.filename ?? '').localeCompare(b.filename ?? ''))).toEqual(
    wanted,
  )
})

test('stops for a pause, and goes on from there', async ({ stage }) => {
  const file = await stage.file('film.mp4', 6 * MIB)
  const page = await stage.app()
  await sendAndPause(stage, page, file)
  const passedOn = stage.proxy.passedOn
  stage.proxy.pace.bytesPerSecond = null
  await page.reload()
  await expectState(page, 'paused')
  expect(stage.proxy.passedOn).toBe(passedOn)
  await press(page, 'resume')
  await stage.arrived([file])
  await expectState(page, 'complete')
  // What had arrived in whole requests was not sent again.
  expect(stage.proxy.of('PATCH').filter(({ fromOffset }) => fromOffset === 0)).toHaveLength(1)
})

test('removes a cancelled upload here and on the server', async ({ stage }) => {
  const file = await stage.file('mistake.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB
  await send(page, [file])
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(1.5 * MIB)
  expect(await stage.stored()).toHaveLength(1)
  await press(page, 'cancel')
  await expect(rows(page)).toHaveCount(0)
  await expect.poll(() => stage.stored()).toHaveLength(0)
})
