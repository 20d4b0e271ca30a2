import {
  Agent,
  request as connect,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream/promises'
import { type Exchange, exchangeOf, offsetIn } from './exchange.ts'
import { BodyFlow, type Pace } from './pace.ts'
import { freePort } from './ports.ts'

/** What the proxy does instead of passing a request on. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Passes so many bytes of the body on, and then ends both connections. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Passes the request on, and ends the connection where the answer would come. */
  | { readonly kind: 'lose-answer' }
  /** Never answers. */
  | { readonly kind: 'hang' }

interface Plan {
  readonly matches: (exchange: Exchange) => boolean
  readonly fault: Fault
  times: number
}

/** Stands between browser and server: logs the requests to uploads, slows them down, spoils them. */
export class FaultyProxy {
  /** For the bodies of requests; may be changed while they flow. */
  readonly pace: Pace = { bytesPerSecond: null }
  readonly exchanges: Exchange[] = []
  readonly #plans: Plan[] = []
  readonly #rewrites = new Map<string, (body: string) => string>()
  readonly #agent = new Agent({ keepAlive: true })
  readonly #server: Server
  readonly #upstreamPort: number
  readonly port: number
  #mostAtOnce = 0

  private constructor(upstreamPort: number, port: number) {
    this.#upstreamPort = upstreamPort
    this.port = port
    this.#server = createServer((request, response) => void this.#handle(request, response))
    this.#server.requestTimeout = 0
  }

  static async start(upstreamPort: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(upstreamPort, await freePort())
    await new Promise<void>((resolve) => proxy.#server.listen(proxy.port, '127.0.0.1', resolve))
    return proxy
  }

  /** What the browser opens: a secure context although it is not https. */
  get origin(): string {
    return `http://localhost:${this.port}`
  }

  /** Does something else to the next requests that match. */
  plan(fault: Fault, matches: (exchange: Exchange) => boolean, times = 1): void {
    this.#plans.push({ matches, fault, times })
  }

  /** Plans that have not come true are given up. */
  forgetPlans(): void {
    this.#plans.length = 0
  }

  /** Changes the text that is answered to a GET of a path from now on. */
  rewrite(path: string, change: (body: string) => string): void {
    this.#rewrites.set(path, change)
  }

  of(method: string): readonly Exchange[] {
    return this.exchanges.filter((exchange) => exchange.method === method)
  }

  /** Bytes of upload bodies that were passed on to the server. */
  get passedOn(): number {
    return this.of('PATCH').reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
  }

  /** How many appends to one upload were under way at the same time, at the most. */
  get mostAppendsAtOnce(): number {
    return this.#mostAtOnce
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    this.#agent.destroy()
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const exchange = exchangeOf(request.method ?? 'GET', path, request.headers)
    if (/^\/files(\/|$)/.test(path)) this.#note(exchange)
    response.once('close', () => {
      exchange.isOpen = false
    })
    const fault = this.#faultFor(exchange)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'answer') return answer(request, response, exchange, fault)
    const change = exchange.method === 'GET' ? this.#rewrites.get(path) : undefined
    if (change !== undefined) return await this.#answerChanged(path, response, change)
    await this.#passOn(request, response, exchange, fault).catch(() => response.destroy())
  }

  /** Asks the server itself, and without conditions: what the browser has is the text before the change. */
  async #answerChanged(path: string, response: ServerResponse, change: (body: string) => string) {
    const reply = await fetch(`http://127.0.0.1:${this.#upstreamPort}${path}`)
    const type = reply.headers.get('Content-Type') ?? 'text/plain'
    const body = change(await reply.text())
    response.writeHead(reply.status, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(body)
  }

  #note(exchange: Exchange): void {
    this.exchanges.push(exchange)
    const open = this.of('PATCH').filter((other) => other.isOpen && other.path === exchange.path)
    this.#mostAtOnce = Math.max(this.#mostAtOnce, open.length)
  }

  #faultFor(exchange: Exchange): Fault | null {
    const plan = this.#plans.find(({ times, matches }) => times > 0 && matches(exchange))
    if (plan === undefined) return null
    plan.times--
    return plan.fault
  }

  async #passOn(
    request: IncomingMessage,
    response: ServerResponse,
    exchange: Exchange,
    fault: Fault | null,
  ): Promise<void> {
    const { method, url } = request
    const upstream = connect({
      host: '127.0.0.1',
      port: this.#upstreamPort,
      method,
      path: url,
      headers: request.headers,
      agent: this.#agent,
    })
    response.once('close', () => response.writableFinished || upstream.destroy())
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve)
      upstream.once('error', reject)
    })
    const flow = new BodyFlow(this.pace, exchange, fault?.kind === 'cut' ? fault.afterBytes : null)
    // An answer may come before the body is read: it counts, whatever becomes of the rest.
    const sent = pipeline(request, flow, upstream)
    const reply = await Promise.race([answered, sent.then(() => answered)])
    sent.catch(() => undefined)
    if (fault?.kind === 'lose-answer') throw new Error('the answer is lost')
    exchange.status = reply.statusCode ?? null
    exchange.toOffset = offsetIn(reply.headers)
    exchange.location = reply.headers.location ?? null
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    await pipeline(reply, response)
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
  fault: Extract<Fault, { kind: 'answer' }>,
): void {
  // The body is read first: a browser that still sends would see a reset instead of the answer.
  request.resume()
  request.once('end', () => {
    exchange.status = fault.status
    response.writeHead(fault.status, { 'Content-Length': '0', ...fault.headers }).end()
  })
}
