import type { Page } from '@playwright/test'
import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'
import { freshBrowser } from './harness/fresh.ts'
import { chromiumCommand } from './harness/programs.ts'
import { expect, test } from './harness/test.ts'

const MOST_SCRIPT_BYTES = 60_000
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const LEAST_SCORE = 0.95
const RUNS = 3

/** The addresses of the scripts that a page asks for until it is at rest; nothing comes from elsewhere. */
async function scriptsOf(page: Page, origin: string): Promise<readonly string[]> {
  const scripts = new Set<string>()
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.add(response.url())
  })
  await page.goto(origin, { waitUntil: 'networkidle' })
  await expect(page.locator('[data-intake=files]')).toBeAttached()
  expect([...origins]).toEqual([origin])
  return [...scripts]
}

async function compressedBytes(url: string): Promise<number> {
  const answer = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } })
  await answer.body?.cancel()
  expect(answer.headers.get('Content-Encoding'), url).toBe('gzip')
  const length = Number(answer.headers.get('Content-Length'))
  expect(length, url).toBeGreaterThan(0)
  return length
}

for (const locale of ['en', 'ru']) {
  test(`needs little script to begin with: ${locale}`, async ({ stage }) => {
    const browser = await freshBrowser({ locale, serviceWorkers: 'block' })
    try {
      const scripts = await scriptsOf(await browser.newPage(), stage.proxy.origin)
      expect(scripts.length).toBeGreaterThan(0)
      const bytes = (await Promise.all(scripts.map(compressedBytes))).reduce((sum, each) => sum + each, 0)
      console.log(`first load, ${locale}: ${scripts.length} scripts, ${bytes} bytes compressed`)
      expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES)
    } finally {
      await browser.close()
    }
  })
}

/** What Lighthouse gives the page on its slow phone, from 0 to 1. */
async function scores(url: string): Promise<Readonly<Record<string, number>>> {
  const browser = await puppeteer.launch({
    executablePath: chromiumCommand(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
  try {
    const port = Number(new URL(browser.wsEndpoint()).port)
    const result = await lighthouse(url, { port, onlyCategories: CATEGORIES, logLevel: 'error' })
    if (result === undefined) throw new Error('Lighthouse has no result')
    const { categories, audits } = result.lhr
    report(Object.values(audits))
    return Object.fromEntries(CATEGORIES.map((name) => [name, categories[name]?.score ?? 0]))
  } finally {
    await browser.close()
  }
}

interface Finding {
  readonly title: string
  readonly score: number | null
  readonly displayValue?: string
}

/** Prints what keeps the page from being perfect. */
function report(findings: readonly Finding[]): void {
  for (const { title, score, displayValue = '' } of findings) {
    if (score !== null && score < LEAST_SCORE) console.log(`  ${score} ${title} ${displayValue}`)
  }
}

test('is fast, accessible and well made in the eyes of Lighthouse', async ({ server }) => {
  test.setTimeout(240_000)
  const runs: Readonly<Record<string, number>>[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await scores(server.origin))
  const medians = Object.fromEntries(CATEGORIES.map((name) => [name, median(runs, name)]))
  console.log(`Lighthouse, medians of ${RUNS}: ${JSON.stringify(medians)}`)
  expect(CATEGORIES.filter((name) => (medians[name] ?? 0) < LEAST_SCORE)).toEqual([])
})

/** One run tells also what else the machine did meanwhile. */
function median(runs: readonly Readonly<Record<string, number>>[], name: string): number {
  return runs.map((run) => run[name] ?? 0).toSorted((a, b) => a - b)[RUNS >> 1] ?? 0
}
