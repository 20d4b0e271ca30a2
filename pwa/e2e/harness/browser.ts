import { type ChildProcess, spawn } from 'node:child_process'
import { type BrowserContext, chromium } from '@playwright/test'
import { chromiumCommand } from './programs.ts'

const CHROMIUM = chromiumCommand()

/** Shortens what the browser does about Background Sync. */
export interface SyncLimits {
  readonly eventSeconds: number
  readonly firstRetrySeconds: number
  readonly attempts: number
}

/** A browser that the test drives; its profile outlives it. */
export async function drivenBrowser(profile: string, more: readonly string[]): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...more],
    env: homeIn(profile),
    // Which Playwright switches off, and people have.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    viewport: { width: 1100, height: 800 },
  })
}

/** An app that is installed goes into the menus and file types of a home: not of the person who tests. */
function homeIn(profile: string): NodeJS.ProcessEnv {
  const { XDG_DATA_HOME: _data, XDG_CONFIG_HOME: _config, ...others } = process.env
  return { ...others, HOME: profile }
}

/**
 * A browser without a debugger, because one would keep the service worker alive for ever. What it does
 * can be seen at the proxy only.
 */
export class PlainChromium {
  readonly #process: ChildProcess

  constructor(profile: string, url: string, limits?: SyncLimits) {
    this.#process = spawn(
      CHROMIUM,
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--password-store=basic', '--disable-component-update', `--user-data-dir=${profile}`],
        ...(limits === undefined ? [] : fieldTrial(limits)),
        url,
      ],
      { stdio: 'ignore', detached: true },
    )
  }

  /** Ends all its processes as a crash of the machine does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to end, as when the person closes it. */
  async quit(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { pid, exitCode, signalCode } = this.#process
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    if (signal === 'SIGKILL') process.kill(-pid, signal)
    else this.#process.kill(signal)
    await ended
  }
}

function fieldTrial({ eventSeconds, firstRetrySeconds, attempts }: SyncLimits): readonly string[] {
  const values = {
    initial_retry_delay_sec: firstRetrySeconds,
    retry_delay_factor: 1,
    max_sync_attempts: attempts,
    max_sync_event_duration_sec: eventSeconds,
  }
  const text = Object.entries(values).map(([name, value]) => `${name}/${value}`)
  return [
    '--force-fieldtrials=BackgroundSync/T/',
    `--force-fieldtrial-params=BackgroundSync.T:${text.join('/')}`,
  ]
}
