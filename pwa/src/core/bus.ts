const CHANNEL = 'longhaul-1'

/** What contexts of one browser tell each other: hints only. The truth is in the database. */
export type Message =
  /** Records changed: read them again. */
  | { readonly kind: 'changed'; readonly ids: readonly string[] }
  /** Bytes of an upload that the server has, and that were sent; a few times a second. */
  | { readonly kind: 'progress'; readonly id: string; readonly offset: number; readonly sent: number }
  /** A person has paused or cancelled: who is sending stops. */
  | { readonly kind: 'stop'; readonly ids: readonly string[] }
  /** Somebody has begun or ended to send an upload. */
  | { readonly kind: 'sending'; readonly id: string; readonly active: boolean }
  /** There is something to send for whoever can. */
  | { readonly kind: 'wake' }
  /** An upload that was to be kept in this browser is kept, or could not be. */
  | { readonly kind: 'kept'; readonly id: string }

/** The channel between pages and service worker. */
export class Bus {
  #channel: BroadcastChannel | null = null
  readonly #listeners = new Set<(message: Message) => void>()

  constructor() {
    this.open()
  }

  /** Hears the others again after {@link close}; what they said meanwhile is lost. */
  open(): void {
    if (this.#channel !== null) return
    this.#channel = new BroadcastChannel(CHANNEL)
    this.#channel.onmessage = (event: MessageEvent<unknown>) => {
      if (isMessage(event.data)) this.#deliver(event.data)
    }
  }

  /** Tells all contexts, this one too; this one only while closed. */
  post(message: Message): void {
    this.#channel?.postMessage(message)
    this.#deliver(message)
  }

  /** @returns how to stop listening */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#channel?.close()
    this.#channel = null
  }

  #deliver(message: Message): void {
    for (const listener of this.#listeners) listener(message)
  }
}

function isMessage(data: unknown): data is Message {
  return (
    typeof data === 'object' &&
    data !== null &&
    'kind' in data &&
    typeof data.kind === 'string' &&
    ['changed', 'progress', 'stop', 'sending', 'wake', 'kept'].includes(data.kind)
  )
}
