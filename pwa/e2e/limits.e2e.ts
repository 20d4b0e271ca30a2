import { chromium } from '@playwright/test'
import { expectState, send } from './harness/app.ts'
import { freshBrowser } from './harness/fresh.ts'
import { chromiumCommand } from './harness/programs.ts'
import { expect, test } from './harness/test.ts'

test('sends while it is open where service workers are forbidden', async ({ stage }) => {
  const file = await stage.file('alone.bin', 1_000_000)
  const browser = await freshBrowser({ serviceWorkers: 'block' })
  try {
    const page = await browser.newPage()
    await page.goto(stage.proxy.origin)
    await send(page, [file])
    await expectState(page, 'complete')
    await stage.arrived([file])
  } finally {
    await browser.close()
  }
})

test('says that it needs HTTPS where browsers allow too little', async ({ stage }) => {
  const browser = await chromium.launch({
    executablePath: chromiumCommand(),
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP uploads.test 127.0.0.1'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`http://uploads.test:${new URL(stage.proxy.origin).port}`)
    await expect(page.locator('#app')).toContainText('HTTPS')
  } finally {
    await browser.close()
  }
})
