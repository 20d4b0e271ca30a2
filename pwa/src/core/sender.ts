import type { Bus } from './bus.ts'
import type { Database } from './db.ts'
import { UploadQueue } from './queue.ts'
import type { SendingContext } from './sending-context.ts'
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts'
import type { Transport } from './transport.ts'
import { type ServerOptions, TusClient } from './tus.ts'

const OPTIONS_LIVE_MS = 600_000

/** Everything that one context of the browser sends with: one in a page, one in the service worker. */
export class Sender implements SendingContext {
  readonly queue: UploadQueue
  readonly client: TusClient
  readonly bus: Bus
  readonly now = Date.now
  readonly random = Math.random
  readonly #db: Database
  readonly #known = new Map<string, { readonly until: number; readonly options: ServerOptions }>()
  #settings: Settings = DEFAULT_SETTINGS

  constructor(db: Database, bus: Bus, transport: Transport) {
    this.#db = db
    this.bus = bus
    this.queue = new UploadQueue(db)
    this.client = new TusClient(transport, (url) => this.credentials(url))
  }

  /** What the server says that it can do; asked again only after a while. */
  async options(endpoint: string, signal: AbortSignal): Promise<ServerOptions> {
    const known = this.#known.get(endpoint)
    if (known !== undefined && known.until > this.now()) return known.options
    const options = await this.client.options(endpoint, signal)
    this.#known.set(endpoint, { until: this.now() + OPTIONS_LIVE_MS, options })
    return options
  }

  /** Reads again what the person has set. @returns whether this connection may be used */
  async prepare(): Promise<boolean> {
    this.#settings = await readSettings(this.#db)
    return !(this.#settings.unmeteredOnly && isMetered())
  }

  /** As they were when {@link prepare} was last called. */
  get settings(): Settings {
    return this.#settings
  }

  /** The headers that identify the person. */
  credentials(url: string): Readonly<Record<string, string>> {
    return credentialsFor(url, this.#settings)
  }
}

/** A token is for the endpoint's origin, wherever an upload's Location points. */
export function credentialsFor(url: string, settings: Settings): Readonly<Record<string, string>> {
  const { accessToken, endpoint } = settings
  const own = new URL(endpoint ?? '/', self.location.origin).origin
  return accessToken !== null && new URL(url).origin === own ? { Authorization: `Bearer ${accessToken}` } : {}
}

interface Connection {
  readonly type?: string
  readonly saveData?: boolean
}

/** Whether the connection costs by the byte, as far as the browser tells. */
export function isMetered(): boolean {
  const connection = (navigator as { readonly connection?: Connection }).connection
  return connection?.type === 'cellular' || connection?.saveData === true
}
