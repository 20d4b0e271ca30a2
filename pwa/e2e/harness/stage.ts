import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { drivenBrowser, PlainChromium, type SyncLimits } from './browser.ts'
import { metadataIn } from './exchange.ts'
import { type SampleFile, sampleFile, sha256 } from './files.ts'
import { browserWith } from './processes.ts'
import { FaultyProxy } from './proxy.ts'
import type { ServerProcess } from './server.ts'
import { until } from './until.ts'

/** An upload as the server tells it now. */
export interface StoredUpload {
  readonly path: string
  readonly offset: number
  readonly length: number
}

/** All that one test plays on: a server, a proxy before it, a browser profile, files to choose. */
export class Stage {
  readonly server: ServerProcess
  readonly proxy: FaultyProxy
  readonly profile: string
  readonly #directory: string
  readonly #before: ReadonlySet<string>
  readonly #contexts: BrowserContext[] = []
  readonly #plain: PlainChromium[] = []

  private constructor(
    server: ServerProcess,
    proxy: FaultyProxy,
    directory: string,
    before: ReadonlySet<string>,
  ) {
    this.server = server
    this.proxy = proxy
    this.#directory = directory
    this.#before = before
    this.profile = join(directory, 'profile')
  }

  static async set(server: ServerProcess): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), 'longhaul-e2e-'))
    await mkdir(join(directory, 'files'))
    const proxy = await FaultyProxy.start(server.port)
    return new Stage(server, proxy, directory, new Set(await server.idsWithContent()))
  }

  /** The directory of the files to choose. */
  get files(): string {
    return join(this.#directory, 'files')
  }

  async file(name: string, length: number): Promise<SampleFile> {
    return await sampleFile(this.files, name, length)
  }

  /** A browser that the test drives, with these more arguments. One at a time has the profile. */
  async browser(...args: readonly string[]): Promise<BrowserContext> {
    const context = await drivenBrowser(this.profile, args)
    this.#contexts.push(context)
    return context
  }

  /** Opens the app in a driven browser, and waits until it can be used without a network. */
  async app(context?: BrowserContext, origin = this.proxy.origin): Promise<Page> {
    const page = await (context ?? (await this.browser())).newPage()
    // Dialogs are caught from now on: a first listener right before the key that opens one may come too late.
    page.on('filechooser', () => undefined)
    await page.goto(origin)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    return page
  }

  /** A browser without a debugger, with the same profile. */
  plain(url: string, limits?: SyncLimits): PlainChromium {
    const browser = new PlainChromium(this.profile, url, limits)
    this.#plain.push(browser)
    return browser
  }

  /** Every upload of this test that is on the server, with or without bytes. */
  async stored(): Promise<readonly StoredUpload[]> {
    const withContent = await this.server.idsWithContent()
    const created = this.proxy.exchanges.flatMap(({ location }) =>
      location === null ? [] : [idIn(location)],
    )
    const ids = new Set([...withContent, ...created].filter((id) => !this.#before.has(id)))
    const found = await Promise.all([...ids].map((id) => this.#ask(`/files/${id}`)))
    return found.filter((upload) => upload !== null)
  }

  /**
   * Waits until the server has the files: each once, with the same bytes, and nothing else, so that
   * neither a duplicate nor an abandoned upload is left.
   */
  async arrived(files: readonly SampleFile[], limitMs = 30_000): Promise<void> {
    const complete = async () =>
      (await this.stored()).filter(({ offset, length }) => offset === length).length >= files.length
    await until(`${files.length} complete uploads on the server`, complete, limitMs)
    const stored = await this.stored()
    const hashes = await Promise.all(stored.map(({ path }) => this.#sha256Of(path)))
    const wanted = files.map(({ sha256 }) => sha256)
    if (hashes.toSorted().join() !== wanted.toSorted().join()) {
      throw new Error(`on the server: ${JSON.stringify(stored)} ${hashes}; expected ${wanted}`)
    }
  }

  /** What was said about the uploads when they were created. */
  get metadata(): readonly Readonly<Record<string, string>>[] {
    return this.proxy.of('POST').map(metadataIn)
  }

  async clear(): Promise<void> {
    for (const plain of this.#plain) await plain.kill()
    // Asked to close, a browser would first let the service worker go on for half a minute.
    const driven = browserWith(this.profile)
    if (driven !== null) process.kill(driven, 'SIGKILL')
    // One that was killed meanwhile is closed, and says that it cannot be.
    for (const context of this.#contexts) await context.close().catch(() => undefined)
    await this.proxy.close()
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  async #ask(path: string): Promise<StoredUpload | null> {
    const answer = await fetch(this.server.origin + path, {
      method: 'HEAD',
      headers: { 'Tus-Resumable': '1.0.0' },
    })
    const offset = answer.headers.get('Upload-Offset')
    const length = answer.headers.get('Upload-Length')
    return answer.ok && offset !== null ? { path, offset: Number(offset), length: Number(length) } : null
  }

  async #sha256Of(path: string): Promise<string> {
    const { body } = await fetch(this.server.origin + path)
    return body === null ? 'nothing' : await sha256(body)
  }
}

function idIn(location: string): string {
  return location.slice(location.lastIndexOf('/') + 1)
}
