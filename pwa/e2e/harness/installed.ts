import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import type { SampleFile } from './files.ts'

/** The app as it is installed in a browser that the test drives. */
export class InstalledApp {
  readonly #browser: BrowserContext
  readonly #debug: CDPSession
  readonly #manifestId: string

  private constructor(browser: BrowserContext, debug: CDPSession, manifestId: string) {
    this.#browser = browser
    this.#debug = debug
    this.#manifestId = manifestId
  }

  /** Installs the app of a page that shows it, without the question to the person. */
  static async install(page: Page): Promise<InstalledApp> {
    const url = new URL('/', page.url()).href
    const debug = await page.context().browser()?.newBrowserCDPSession()
    if (debug === undefined) throw new Error('the browser cannot be asked')
    await debug.send('PWA.install', { manifestId: url, installUrlOrBundleUrl: url })
    await debug.send('PWA.changeAppUserSettings', { manifestId: url, displayMode: 'standalone' })
    return new InstalledApp(page.context(), debug, url)
  }

  /** Opens files with the app, as the operating system does. */
  async openWith(files: readonly SampleFile[]): Promise<Page> {
    const opened = this.#browser.waitForEvent('page')
    await this.#debug.send('PWA.launchFilesInApp', {
      manifestId: this.#manifestId,
      files: files.map(({ path }) => path),
    })
    return await opened
  }

  /** The number at the app's icon; zero is none. */
  async badge(): Promise<number> {
    const { badgeCount } = await this.#debug.send('PWA.getOsAppState', { manifestId: this.#manifestId })
    return badgeCount
  }
}
