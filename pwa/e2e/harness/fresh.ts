import { type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test'
import { chromiumCommand } from './programs.ts'

/** A driven browser whose profile is empty and forgotten: for other languages and screens. */
export async function freshBrowser(options: BrowserContextOptions): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: chromiumCommand(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
  const context = await browser.newContext(options)
  context.once('close', () => void browser.close())
  return context
}
