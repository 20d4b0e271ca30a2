import { expectState, rows, send } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

test('says that an upload waits for a network, not for a server, when it was tried without one', async ({
  stage,
}) => {
  const file = await stage.file('words.bin', 100_000)
  const browser = await stage.browser()
  const page = await stage.app(browser)
  await browser.setOffline(true)
  await send(page, [file])
  await expectState(page, 'waiting')
  await expect(rows(page).locator('.row-state')).toHaveText('Saved; waits for a network')
  await browser.setOffline(false)
  await expectState(page, 'complete')
  await stage.arrived([file])
})
