import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { freePort } from './ports.ts'
import { until } from './until.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const LIBRARIES = '/usr/lib'
const VERSIONS = ['4.1', '4.0']
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** Whether Debian's packages webkit2gtk-driver and xvfb are there. */
export function hasWebKit(): boolean {
  return existsSync(DRIVER) && existsSync('/usr/bin/Xvfb') && miniBrowser() !== null
}

/** A real WebKitGTK on a screen of its own, driven over WebDriver. Its session forgets everything. */
export class WebKit {
  readonly #screen: ChildProcess
  readonly #driver: ChildProcess
  readonly #session: string

  private constructor(screen: ChildProcess, driver: ChildProcess, session: string) {
    this.#screen = screen
    this.#driver = driver
    this.#session = session
  }

  static async start(): Promise<WebKit> {
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1100x800x24'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const display = await new Promise<string>((resolve) => {
      screen.stdout.once('data', (number: Buffer) => resolve(`:${String(number).trim()}`))
    })
    const port = await freePort()
    const env = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }
    const driver = spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env, detached: true })
    const url = `http://127.0.0.1:${port}`
    await until('the WebDriver of WebKit', () => answers(`${url}/status`), 20_000)
    const options = { binary: miniBrowser(), args: ['--automation'] }
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
    const { sessionId } = (await call('POST', `${url}/session`, { capabilities })) as { sessionId: string }
    return new WebKit(screen, driver, `${url}/session/${sessionId}`)
  }

  async open(url: string): Promise<void> {
    await this.#call('POST', '/url', { url })
  }

  /** Runs the body of a function in the page. */
  async run(script: string): Promise<unknown> {
    return await this.#call('POST', '/execute/sync', { script, args: [] })
  }

  /** Chooses a file and sends it. */
  async send(path: string): Promise<void> {
    await this.#sees('input[data-intake=files]')
    await this.#call('POST', `/element/${await this.#find('input[data-intake=files]')}/value`, { text: path })
    await this.#sees('[data-action=send]')
    await this.run('document.querySelector("[data-action=send]").click()')
    await this.#sees('li[data-upload]')
  }

  async state(state: string, limitMs = 30_000): Promise<void> {
    await this.#sees(`li[data-upload][data-state=${state}]`, limitMs)
  }

  async close(): Promise<void> {
    await this.#call('DELETE', '').catch(() => undefined)
    if (this.#driver.pid !== undefined) process.kill(-this.#driver.pid, 'SIGKILL')
    this.#screen.kill('SIGKILL')
  }

  async #sees(selector: string, limitMs = 15_000): Promise<void> {
    const script = `return document.querySelector(${JSON.stringify(selector)}) !== null`
    await until(selector, async () => (await this.run(script)) === true, limitMs)
  }

  async #find(selector: string): Promise<string> {
    const found = await this.#call('POST', '/element', { using: 'css selector', value: selector })
    return (found as Readonly<Record<string, string>>)[ELEMENT] ?? ''
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    return await call(method, this.#session + path, body)
  }
}

/** The small browser that comes with the driver, in a directory named after the processor. */
function miniBrowser(): string | null {
  const paths = readdirSync(LIBRARIES).flatMap((directory) =>
    VERSIONS.map((version) => `${LIBRARIES}/${directory}/webkit2gtk-${version}/MiniBrowser`),
  )
  return paths.find((path) => existsSync(path)) ?? null
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const { value } = (await answer.json()) as { value: unknown }
  if (!answer.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`)
  return value
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Nobody listens yet.
    return false
  }
}
