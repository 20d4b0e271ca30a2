import type { Locator, Page } from '@playwright/test'
import { expectState, rows } from './harness/app.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/** Presses Tab until something has the focus: fails when the keyboard does not get there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

test('can be used from choosing to clearing with the keyboard alone', async ({ stage }) => {
  const file = await stage.file('keys.bin', 6 * MIB)
  const page = await stage.app()
  stage.proxy.pace.bytesPerSecond = MIB

  await tabTo(page, page.locator('[data-intake=files]'))
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(file.path)

  await tabTo(page, page.locator('[name=title]'))
  await page.keyboard.type('By hand')
  await tabTo(page, page.locator('[data-action=send]'))
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(1)

  // Paused before the answer to its creation, it would rightly be created once more.
  await expect.poll(() => stage.proxy.passedOn).toBeGreaterThan(0)
  await tabTo(page, rows(page).locator('[data-action=pause]'))
  await page.keyboard.press('Enter')
  await expectState(page, 'paused')
  // The button that was pressed has become the other, and still has the focus.
  await expect(rows(page).locator('[data-action=resume]')).toBeFocused()
  stage.proxy.pace.bytesPerSecond = null
  await page.keyboard.press('Enter')
  await expectState(page, 'complete')
  await stage.arrived([file])

  await tabTo(page, rows(page).locator('[data-action=forget]'))
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(0)
  expect(stage.metadata).toMatchObject([{ title: 'By hand' }])
})

test('opens and closes the settings with the keyboard, and gives the focus back', async ({ stage }) => {
  const page = await stage.app()
  const button = page.locator('[data-action=settings]')
  await tabTo(page, button)
  await page.keyboard.press('Enter')
  await expect(page.locator('dialog[open]')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('dialog[open]')).toHaveCount(0)
  await expect(button).toBeFocused()
})

test('shows where the focus is', async ({ stage }) => {
  const page = await stage.app()
  await page.keyboard.press('Tab')
  const focused = page.locator(':focus-visible')
  await expect(focused).toHaveCount(1)
  await expect(focused).toBeInViewport()
})
