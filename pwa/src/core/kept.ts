const CACHE = 'kept-1'
const TRANSFER = 'keep:'

/** The name of the browser's transfer that fetches a complete upload to keep it. */
export function keepTransferOf(uploadId: string): string {
  return `${TRANSFER}${uploadId}:${crypto.randomUUID()}`
}

/** The upload of such a transfer; null for any other. */
export function keptUploadOf(transfer: string): string | null {
  return transfer.startsWith(TRANSFER) ? (transfer.slice(TRANSFER.length).split(':')[0] ?? null) : null
}

/** Keeps an answer of the server, whole or not at all. @throws TypeError when it is not whole */
export async function keep(url: string, response: Response): Promise<void> {
  if (response.status !== 200) throw new TypeError(`answered ${response.status}`)
  await (await caches.open(CACHE)).put(url, response)
}

export async function forgetKept(url: string): Promise<void> {
  if ('caches' in self) await (await caches.open(CACHE)).delete(url, { ignoreVary: true })
}

/** A complete upload: what is kept of it, or what the server answers. */
export async function contentOf(
  url: string,
  credentials: Readonly<Record<string, string>>,
): Promise<Response> {
  const kept = 'caches' in self ? await keptAnswer(new Request(url)) : undefined
  return kept ?? (await fetch(url, { headers: credentials, credentials: 'same-origin' }))
}

/** The URLs of all complete uploads that this browser keeps. */
export async function keptUrls(): Promise<ReadonlySet<string>> {
  if (!('caches' in self)) return new Set()
  const requests = await (await caches.open(CACHE)).keys()
  return new Set(requests.map((request) => request.url))
}

/** Answers from what is kept, also a part of it (RFC 9110, 14); undefined when it is not kept. */
export async function keptAnswer(request: Request): Promise<Response | undefined> {
  const kept = await (await caches.open(CACHE)).match(request.url, { ignoreVary: true })
  const range = request.headers.get('Range')
  return kept === undefined || range === null ? kept : await partOf(kept, range)
}

async function partOf(kept: Response, range: string): Promise<Response> {
  const content = await kept.blob()
  const bounds = boundsOf(range, content.size)
  // A range that is not understood may be left aside.
  if (bounds === null) return new Response(content, { headers: kept.headers })
  const headers = new Headers(kept.headers)
  const { first, end } = bounds
  if (first >= end)
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${content.size}` } })
  headers.set('Content-Range', `bytes ${first}-${end - 1}/${content.size}`)
  headers.set('Content-Length', String(end - first))
  return new Response(content.slice(first, end), { status: 206, headers })
}

/** From the first byte to before the end; null when it is no single range of bytes. */
export function boundsOf(
  range: string,
  size: number,
): { readonly first: number; readonly end: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  if (first === '' && last === '') return null
  if (first === '') return { first: Math.max(0, size - Number(last)), end: size }
  return { first: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) }
}
