import { createServer, type IncomingMessage, type Server } from 'node:http'
import { Nginx } from './nginx.ts'
import { freePort } from './ports.ts'

/** A request to the uploads that the gateway has to decide on. */
export interface Question {
  readonly method: string
  readonly path: string
  readonly token: string | null
}

/** Whether a request may go through. */
export type Rule = (question: Question) => boolean

/** What the gateway has decided. */
export interface Decision extends Question {
  readonly allowed: boolean
}

/** An nginx that lets requests to uploads through only with a token that somebody else accepts (auth_request). */
export class Gateway {
  readonly decisions: Decision[] = []
  rule: Rule = () => false
  readonly #guard: Server
  #nginx: Nginx | null = null

  private constructor() {
    this.#guard = createServer((request, response) => {
      response.writeHead(this.#decide(request) ? 204 : 401, { 'WWW-Authenticate': 'Bearer' }).end()
    })
  }

  /** Starts it before whatever listens on a port. */
  static async start(upstreamPort: number): Promise<Gateway> {
    const gateway = new Gateway()
    const port = await freePort()
    await new Promise<void>((resolve) => gateway.#guard.listen(port, '127.0.0.1', resolve))
    gateway.#nginx = await Nginx.start(locations(upstreamPort, port))
    return gateway
  }

  get origin(): string {
    return this.#nginx?.origin ?? ''
  }

  /** Accepts one token from now on. */
  accept(token: string): void {
    this.rule = (question) => question.token === token
  }

  /** The requests that were refused. */
  get refused(): readonly Decision[] {
    return this.decisions.filter(({ allowed }) => !allowed)
  }

  async close(): Promise<void> {
    await this.#nginx?.close()
    this.#guard.closeAllConnections()
    await new Promise((resolve) => this.#guard.close(resolve))
  }

  #decide({ headers }: IncomingMessage): boolean {
    const question = {
      method: String(headers['x-original-method']),
      path: String(headers['x-original-uri']),
      token: headers.authorization?.replace(/^Bearer /, '') ?? null,
    }
    const allowed = this.rule(question)
    this.decisions.push({ ...question, allowed })
    return allowed
  }
}

function locations(upstreamPort: number, guardPort: number): string {
  return `
    proxy_http_version 1.1;
    proxy_request_buffering off;
    proxy_buffering off;
    proxy_set_header Host $http_host;
    location / {
      proxy_pass http://127.0.0.1:${upstreamPort};
    }
    location /files {
      auth_request /allowed;
      proxy_pass http://127.0.0.1:${upstreamPort};
    }
    location = /allowed {
      internal;
      proxy_pass http://127.0.0.1:${guardPort};
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Original-Method $request_method;
      proxy_set_header X-Original-URI $request_uri;
    }`
}
