import type { IncomingHttpHeaders } from 'node:http'

/** One request to the uploads, and what became of it. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** What the client said in Upload-Offset. */
  readonly fromOffset: number | null
  /** Bytes of the body that were passed on to the server. */
  bodyBytes: number
  /** Null while there is no answer, and for ever when the connection ended before. */
  status: number | null
  /** What the answer said in Upload-Offset. */
  toOffset: number | null
  /** Where the answer said that an upload was created. */
  location: string | null
  isOpen: boolean
}

export function exchangeOf(method: string, path: string, headers: IncomingHttpHeaders): Exchange {
  return {
    method,
    path,
    headers,
    fromOffset: offsetIn(headers),
    bodyBytes: 0,
    status: null,
    toOffset: null,
    location: null,
    isOpen: true,
  }
}

export function offsetIn(headers: IncomingHttpHeaders): number | null {
  const value = headers['upload-offset']
  return typeof value === 'string' ? Number(value) : null
}

/** The values of Upload-Metadata (tus 1.0.0, Creation). */
export function metadataIn(exchange: Exchange): Readonly<Record<string, string>> {
  const header = exchange.headers['upload-metadata']
  const pairs = typeof header === 'string' ? header.split(',') : []
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', value = ''] = pair.trim().split(' ')
      return [key, Buffer.from(value, 'base64').toString()]
    }),
  )
}
