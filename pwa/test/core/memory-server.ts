import type { Transport, WireAnswer, WireRequest } from '../../src/core/transport.ts'

interface Stored {
  readonly length: number
  readonly metadata: string
  readonly key: string
  bytes: Uint8Array
}

/** Answers a request instead of the server; undefined lets the server answer. */
export type Fault = (
  request: WireRequest,
  server: MemoryServer,
) => Promise<WireAnswer | undefined> | WireAnswer | undefined

/** A tus 1.0.0 server in memory, behind a transport that can be told to fail. */
export class MemoryServer {
  readonly uploads = new Map<string, Stored>()
  readonly requests: string[] = []
  readonly #faults: Fault[] = []
  #number = 0

  /** The next request of a method is answered by the fault. */
  once(method: WireRequest['method'], fault: Fault): this {
    this.#faults.push(async (request, server) => {
      if (request.method !== method) return undefined
      this.#faults.splice(this.#faults.indexOf(current), 1)
      return await fault(request, server)
    })
    const current = this.#faults[this.#faults.length - 1] as Fault
    return this
  }

  readonly transport: Transport = async (request) => {
    request.signal.throwIfAborted()
    this.requests.push(request.method)
    for (const fault of [...this.#faults]) {
      const answer = await fault(request, this)
      if (answer !== undefined) return answer
    }
    return await this.serve(request)
  }

  async serve(request: WireRequest, most = Number.POSITIVE_INFINITY): Promise<WireAnswer> {
    if (request.method === 'OPTIONS') return answer(204, { 'Tus-Checksum-Algorithm': 'sha1,sha256' })
    if (request.method === 'POST') return this.#create(request)
    const upload = this.uploads.get(request.url)
    if (upload === undefined) return answer(404)
    if (request.method === 'HEAD') return answer(200, position(upload))
    if (request.method === 'DELETE') {
      this.uploads.delete(request.url)
      return answer(204)
    }
    return await this.#append(upload, request, most)
  }

  #create(request: WireRequest): WireAnswer {
    const key = request.headers['Idempotency-Key'] ?? ''
    for (const [url, upload] of this.uploads) if (upload.key === key) return answer(201, { Location: url })
    const url = `http://server/files/${++this.#number}`
    this.uploads.set(url, {
      length: Number(request.headers['Upload-Length']),
      metadata: request.headers['Upload-Metadata'] ?? '',
      key,
      bytes: new Uint8Array(),
    })
    return answer(201, { Location: url })
  }

  async #append(upload: Stored, request: WireRequest, most: number): Promise<WireAnswer> {
    if (Number(request.headers['Upload-Offset']) !== upload.bytes.length) return answer(409, position(upload))
    const body =
      request.body instanceof Blob ? new Uint8Array(await request.body.arrayBuffer()) : new Uint8Array()
    const taken = body.subarray(0, Math.min(body.length, most))
    const joined = new Uint8Array(upload.bytes.length + taken.length)
    joined.set(upload.bytes)
    joined.set(taken, upload.bytes.length)
    upload.bytes = joined
    return answer(204, position(upload))
  }
}

export function answer(status: number, headers: Record<string, string> = {}, text = ''): WireAnswer {
  return { status, header: (name) => headers[name] ?? null, text }
}

function position(upload: Stored): Record<string, string> {
  return { 'Upload-Offset': String(upload.bytes.length), 'Upload-Length': String(upload.length) }
}
