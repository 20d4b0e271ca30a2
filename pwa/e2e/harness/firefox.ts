import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { firefoxCommand } from './programs.ts'

const FIREFOX = firefoxCommand()

/** A real Firefox, driven over WebDriver BiDi, with a profile that outlives it. */
export class Firefox {
  readonly #profile: string
  #browser: Browser

  private constructor(profile: string, browser: Browser) {
    this.#profile = profile
    this.#browser = browser
  }

  static async start(): Promise<Firefox> {
    const profile = await mkdtemp(join(tmpdir(), 'longhaul-firefox-'))
    return new Firefox(profile, await launch(profile))
  }

  /** Opens the app and waits until it can be used without a network. */
  async app(origin: string): Promise<Page> {
    const page = await this.#browser.newPage()
    await page.goto(origin)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    return page
  }

  /** Ends the browser and starts it again with the same profile. */
  async restart(): Promise<void> {
    await this.#browser.close()
    this.#browser = await launch(this.#profile)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function launch(profile: string): Promise<Browser> {
  return await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    userDataDir: profile,
    headless: true,
  })
}

/** Chooses a file and sends it. */
export async function sendIn(page: Page, path: string): Promise<void> {
  const input = await page.waitForSelector('input[data-intake=files]')
  await input?.uploadFile(path)
  await page.locator('[data-action=send]').click()
  await page.waitForSelector('li[data-upload]')
}

export async function stateIn(page: Page, state: string, timeoutMs = 30_000): Promise<void> {
  await page.waitForSelector(`li[data-upload][data-state=${state}]`, { timeout: timeoutMs })
}
