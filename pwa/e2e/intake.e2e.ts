import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { rows } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

/** Drops files and folders onto the page, as from a file manager. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const debug = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const at = { x: 300, y: 300, data }
  await debug.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  await debug.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
  await expect(page.locator('html[data-dropping]')).toHaveCount(1)
  await debug.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  await expect(page.locator('html[data-dropping]')).toHaveCount(0)
}

async function sendDraft(page: Page, count: number): Promise<void> {
  await expect(page.locator('.draft-file')).toHaveCount(count)
  await page.locator('[data-action=send]').click()
  await expect(rows(page)).toHaveCount(count)
}

/** Where each file was, as the server was told. */
function paths(stage: Stage): readonly string[] {
  return stage.metadata.map(({ filename, relativePath = '' }) => `${filename} ${relativePath}`).toSorted()
}

test('sends dropped folders with the places of their files, and files beside them', async ({ stage }) => {
  await mkdir(join(stage.files, 'trip', 'day 2', 'Höhle'), { recursive: true })
  await mkdir(join(stage.files, 'trip', 'empty'))
  const files = [
    await stage.file('trip/map.png', 3_000),
    await stage.file('trip/day 2/map.png', 2_000),
    await stage.file('trip/day 2/Höhle/eins.bin', 100_000),
    await stage.file('alone.bin', 1_000),
    await stage.file('beside.bin', 1_000),
  ]
  const page = await stage.app()
  await drop(
    page,
    ['trip', 'alone.bin', 'beside.bin'].map((name) => join(stage.files, name)),
  )
  await sendDraft(page, files.length)
  await stage.arrived(files)
  expect(paths(stage)).toEqual([
    'alone.bin ',
    'beside.bin ',
    'eins.bin trip/day 2/Höhle/eins.bin',
    'map.png trip/day 2/map.png',
    'map.png trip/map.png',
  ])
})

test('takes all files of a folder that has more than the browser lists at once', async ({ stage }) => {
  await mkdir(join(stage.files, 'many'))
  const numbers = Array.from({ length: 130 }, (_, number) => number)
  await Promise.all(numbers.map((number) => stage.file(`many/${number}.bin`, 1_000)))
  const page = await stage.app()
  await drop(page, [join(stage.files, 'many')])
  await expect(page.locator('.draft-head')).toContainText('130 files, 130 kB')
})

/** Puts a picture into the clipboard. The browser writes it anew, so it is read again for its bytes. */
async function copyPicture(page: Page): Promise<Pick<SampleFile, 'length' | 'sha256'>> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30)
    canvas.getContext('2d')?.fillRect(5, 5, 20, 20)
    const picture = await canvas.convertToBlob({ type: 'image/png' })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    const [copied] = await navigator.clipboard.read()
    const read = await copied?.getType('image/png')
    return [...new Uint8Array((await read?.arrayBuffer()) ?? new ArrayBuffer())]
  })
  return { length: bytes.length, sha256: createHash('sha256').update(Uint8Array.from(bytes)).digest('hex') }
}

test('sends a pasted picture under a name of its own', async ({ stage }) => {
  const browser = await stage.browser()
  await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stage.proxy.origin })
  const page = await stage.app(browser)
  const picture = await copyPicture(page)
  await page.keyboard.press('Control+V')
  await sendDraft(page, 1)
  await stage.arrived([{ ...picture, name: 'pasted', path: '' }])
  expect(stage.metadata).toMatchObject([
    { filename: expect.stringMatching(/^pasted-[\d-]{17}\.png$/), filetype: 'image/png' },
  ])
})

test('leaves text alone that is pasted into a field', async ({ stage }) => {
  const browser = await stage.browser()
  await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stage.proxy.origin })
  const page = await stage.app(browser)
  await page.locator('[data-intake=files]').setInputFiles((await stage.file('chosen.bin', 1_000)).path)
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30)
    canvas.getContext('2d')
    const picture = await canvas.convertToBlob({ type: 'image/png' })
    const text = new Blob(['a cell of a table'], { type: 'text/plain' })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture, 'text/plain': text })])
  })
  await page.locator('[name=title]').focus()
  await page.keyboard.press('Control+V')
  await expect(page.locator('[name=title]')).toHaveValue('a cell of a table')
  await expect(page.locator('.draft-file')).toHaveCount(1)
})
