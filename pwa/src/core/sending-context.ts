import type { Bus } from './bus.ts'
import type { UploadQueue } from './queue.ts'
import type { ServerOptions, TusClient } from './tus.ts'

/** What sending works with, the same for page and service worker. */
export interface SendingContext {
  readonly queue: UploadQueue
  readonly client: TusClient
  readonly options: (endpoint: string, signal: AbortSignal) => Promise<ServerOptions>
  readonly bus: Bus
  /** Looks at the settings. @returns whether this connection may be used */
  readonly prepare: () => Promise<boolean>
  readonly now: () => number
  readonly random: () => number
}
