import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectState, press, sendAndPause, storedRecords } from './harness/app.ts'
import type { SampleFile } from './harness/files.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

const MIB = 1 << 20

/** Loses the bytes of all uploads, as browsers do that need room. */
async function loseFiles(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('longhaul')
        opening.onerror = reject
        opening.onsuccess = () => {
          const tx = opening.result.transaction('blobs', 'readwrite')
          opening.result.close()
          tx.objectStore('blobs').clear()
          tx.oncomplete = resolve
          tx.onerror = reject
        }
      }),
  )
}

/** Answers the question of the only row for its file. */
async function supply(page: Page, file: SampleFile): Promise<void> {
  const asking = page.waitForEvent('filechooser')
  await press(page, 'supply')
  await (await asking).setFiles(file.path)
}

/** An upload that the server has a part of, and the browser nothing. */
async function lost(stage: Stage, file: SampleFile): Promise<{ page: Page; offset: number }> {
  const page = await stage.app()
  await sendAndPause(stage, page, file)
  stage.proxy.pace.bytesPerSecond = null
  await loseFiles(page)
  await press(page, 'resume')
  await expectState(page, 'needs-file')
  const [upload] = await stage.stored()
  return { page, offset: upload?.offset ?? 0 }
}

test('goes on where the server is with a file that the browser had lost', async ({ stage }) => {
  const file = await stage.file('lost.mp4', 10 * MIB)
  const { page, offset } = await lost(stage, file)
  expect(offset).toBeGreaterThan(0)
  const before = stage.proxy.of('PATCH').length
  await supply(page, file)
  await expectState(page, 'complete')
  await stage.arrived([file])
  expect(stage.proxy.of('PATCH')[before]?.fromOffset).toBe(offset)
  expect(stage.proxy.of('POST')).toHaveLength(1)
  expect(await storedRecords(page)).toMatchObject({ uploads: 1, blobs: 0 })
})

test('refuses another file in the place of a lost one, and still takes the right one', async ({ stage }) => {
  const file = await stage.file('lost.mp4', 10 * MIB)
  await mkdir(join(stage.files, 'other'))
  const other = await stage.file('other/lost.mp4', 10 * MIB)
  const { page } = await lost(stage, file)
  const before = stage.proxy.of('PATCH').length
  await supply(page, other)
  await expect(page.locator('[data-toast=trouble]')).toContainText(
    'That is another file. Needed is lost.mp4, 10.5 MB',
  )
  await expectState(page, 'needs-file')
  expect(stage.proxy.of('PATCH')).toHaveLength(before)
  await supply(page, file)
  await stage.arrived([file])
})
