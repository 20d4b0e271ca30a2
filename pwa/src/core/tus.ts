import type { Transport, WireAnswer } from './transport.ts'

export const VERSION = '1.0.0'
export const APPEND_TYPE = 'application/offset+octet-stream'

/** What a server says that it can do (tus 1.0.0, OPTIONS). */
export interface ServerOptions {
  readonly extensions: ReadonlySet<string>
  readonly checksumAlgorithms: ReadonlySet<string>
  readonly maxSize: number | null
}

/** Where an upload is on the server. */
export interface Position {
  readonly offset: number
  readonly length: number | null
  readonly expiresAt: number | null
}

/** An answer that does not do what the request was for. */
export class Refusal extends Error {
  readonly answer: WireAnswer

  constructor(answer: WireAnswer) {
    super(`answered ${answer.status}`)
    this.answer = answer
  }

  get retryAfterMs(): number | null {
    const value = this.answer.header('Retry-After')
    if (value === null) return null
    const seconds = Number(value)
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
    const date = Date.parse(value)
    return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
  }
}

/** An answer that tus does not allow. */
export class InvalidAnswer extends Error {}

/** The requests of tus 1.0.0 to one server. */
export class TusClient {
  readonly #transport: Transport
  readonly #headers: (url: string) => Readonly<Record<string, string>>

  /** @param headers that identify the person, asked for before each request to a URL */
  constructor(transport: Transport, headers: (url: string) => Readonly<Record<string, string>>) {
    this.#transport = transport
    this.#headers = headers
  }

  async options(endpoint: string, signal: AbortSignal): Promise<ServerOptions> {
    const answer = await this.#send('OPTIONS', endpoint, {}, signal)
    return {
      extensions: list(answer.header('Tus-Extension')),
      checksumAlgorithms: list(answer.header('Tus-Checksum-Algorithm')),
      maxSize: count(answer.header('Tus-Max-Size')),
    }
  }

  /** Creates an upload and tells its URL; with the same key again it tells the same. */
  async create(
    endpoint: string,
    creation: {
      readonly length: number
      readonly metadata: Readonly<Record<string, string>>
      readonly key: string
    },
    signal: AbortSignal,
  ): Promise<{ readonly url: string; readonly expiresAt: number | null }> {
    const answer = await this.#send(
      'POST',
      endpoint,
      {
        'Upload-Length': String(creation.length),
        'Upload-Metadata': metadataHeader(creation.metadata),
        'Idempotency-Key': creation.key,
      },
      signal,
    )
    return { url: resolve(endpoint, answer.header('Location')), expiresAt: expiry(answer) }
  }

  async head(url: string, signal: AbortSignal): Promise<Position> {
    const answer = await this.#send('HEAD', url, {}, signal)
    return {
      offset: offsetOf(answer),
      length: count(answer.header('Upload-Length')),
      expiresAt: expiry(answer),
    }
  }

  async append(
    url: string,
    append: {
      readonly offset: number
      readonly body: Blob
      readonly checksum: string | null
      readonly onSent?: (bytes: number) => void
    },
    signal: AbortSignal,
  ): Promise<Position> {
    const headers: Record<string, string> = {
      'Content-Type': APPEND_TYPE,
      'Upload-Offset': String(append.offset),
    }
    if (append.checksum !== null) headers['Upload-Checksum'] = append.checksum
    const answer = await this.#send('PATCH', url, headers, signal, append.body, append.onSent)
    const offset = offsetOf(answer)
    if (offset < append.offset || offset > append.offset + append.body.size) {
      throw new InvalidAnswer(
        `offset ${offset} after bytes ${append.offset} to ${append.offset + append.body.size}`,
      )
    }
    return { offset, length: null, expiresAt: expiry(answer) }
  }

  /** Deletes an upload; one that is not there is deleted already. */
  async terminate(url: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#send('DELETE', url, {}, signal)
    } catch (failure) {
      if (!(failure instanceof Refusal && [404, 410].includes(failure.answer.status))) throw failure
    }
  }

  async #send(
    method: 'OPTIONS' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: Blob,
    onSent?: (bytes: number) => void,
  ): Promise<WireAnswer> {
    const answer = await this.#transport({
      method,
      url,
      headers: { ...headers, ...this.#headers(url), 'Tus-Resumable': VERSION },
      signal,
      ...(body === undefined ? {} : { body }),
      ...(onSent === undefined ? {} : { onSent }),
    })
    if (answer.status < 200 || answer.status > 299) throw new Refusal(answer)
    return answer
  }
}

/** The value of Upload-Metadata: keys, and values in Base64 of their UTF-8. */
export function metadataHeader(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key} ${base64(new TextEncoder().encode(value))}`)
    .join(',')
}

export function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function offsetOf(answer: WireAnswer): number {
  const offset = count(answer.header('Upload-Offset'))
  if (offset === null) throw new InvalidAnswer(`no valid Upload-Offset with status ${answer.status}`)
  return offset
}

function count(value: string | null): number | null {
  if (value === null || !/^\d{1,16}$/.test(value)) return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : null
}

function expiry(answer: WireAnswer): number | null {
  const date = Date.parse(answer.header('Upload-Expires') ?? '')
  return Number.isNaN(date) ? null : date
}

function list(value: string | null): ReadonlySet<string> {
  return new Set(
    (value ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
}

function resolve(endpoint: string, location: string | null): string {
  try {
    const url = new URL(location ?? '', endpoint)
    if (location && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href
  } catch {
    // Said below.
  }
  throw new InvalidAnswer(`Location ${JSON.stringify(location)}`)
}
