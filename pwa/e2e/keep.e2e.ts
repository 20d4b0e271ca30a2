import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectState, press, rows, send } from './harness/app.ts'
import { downloadedSha256, type SampleFile } from './harness/files.ts'
import type { Stage } from './harness/stage.ts'
import { expect, test } from './harness/test.ts'

/** Uploads a file, keeps it in the browser, and takes the server away. */
async function kept(stage: Stage, length: number): Promise<{ page: Page; file: SampleFile; url: string }> {
  const file = await stage.file('kept.bin', length)
  const page = await stage.app()
  await send(page, [file])
  await expectState(page, 'complete')
  await press(page, 'keep')
  await expect(rows(page)).toContainText('available offline', { timeout: 30_000 })
  const url = await page.locator('a[data-action=download]').getAttribute('href')
  // Downloads do not care whether the page is offline.
  stage.proxy.plan({ kind: 'lose-answer' }, ({ path }) => path.startsWith('/files/'), 1_000)
  await page.context().setOffline(true)
  return { page, file, url: url ?? '' }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

interface Fetched {
  readonly status: number
  readonly length: number
  readonly sha256: string
}

async function fetched(page: Page, url: string, range?: string): Promise<Fetched> {
  const headers = range === undefined ? {} : { Range: range }
  return await page.evaluate(
    async ([from, asked]) => {
      const answer = await fetch(from, { headers: asked })
      const content = await answer.arrayBuffer()
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content))
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
      return { status: answer.status, length: content.byteLength, sha256 }
    },
    [url, headers] as const,
  )
}

for (const [name, length] of [
  ['fetched by the page', 100_000],
  ['fetched by the browser itself', 6_000_000],
] as const) {
  test(`opens without a network what was kept, ${name}`, async ({ stage }) => {
    const { page, file, url } = await kept(stage, length)
    const { sha256 } = file
    expect(await fetched(page, url)).toEqual({ status: 200, length, sha256 })
    const part = sha256Of((await readFile(file.path)).subarray(10, 20))
    expect(await fetched(page, url, 'bytes=10-19')).toEqual({ status: 206, length: 10, sha256: part })
  })
}

test('downloads without a network what was kept', async ({ stage }) => {
  const { page, file } = await kept(stage, 100_000)
  const began = page.waitForEvent('download')
  await press(page, 'download')
  expect(await downloadedSha256(await began)).toBe(file.sha256)
})

test('forgets what was kept when the person does not want it any more', async ({ stage }) => {
  const { page, url } = await kept(stage, 1_000)
  await press(page, 'keep')
  await expect(rows(page)).not.toContainText('available offline')
  await expect(fetched(page, url)).rejects.toThrow()
})
