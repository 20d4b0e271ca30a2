import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { javaCommand } from './java.ts'
import { freePort } from './ports.ts'
import { until } from './until.ts'

const START_LIMIT_MS = 90_000

/** The packaged server as a process, which can be killed and started again on the same port and data. */
export class ServerProcess {
  readonly port: number
  readonly #workspace: string
  readonly #arguments: readonly string[]
  #process: ChildProcess

  private constructor(workspace: string, port: number, args: readonly string[]) {
    this.#workspace = workspace
    this.port = port
    this.#arguments = args
    this.#process = this.#launch()
  }

  /** Starts a server with an empty data directory and waits until it is ready. */
  static async start(...args: readonly string[]): Promise<ServerProcess> {
    const workspace = await mkdtemp(join(tmpdir(), 'longhaul-server-'))
    const server = new ServerProcess(workspace, await freePort(), args)
    await server.#ready()
    return server
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Ends the process as a crash does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks the process to end, and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Starts the server again after {@link kill} or {@link stop}. */
  async restart(): Promise<void> {
    if (this.#isAlive()) throw new Error('the server still runs')
    this.#process = this.#launch()
    await this.#ready()
  }

  async close(): Promise<void> {
    await this.kill()
    await rm(this.#workspace, { recursive: true, force: true })
  }

  /** The ids of all uploads that have bytes on the server's disk. */
  async idsWithContent(): Promise<readonly string[]> {
    const names = await readdir(join(this.#workspace, 'data', 'content'), { recursive: true })
    return names.flatMap((name) => /([0-9a-f]{32})$/.exec(name)?.[1] ?? [])
  }

  #launch(): ChildProcess {
    const jar = serverJar()
    const log = openSync(this.#log, 'a')
    const launched = spawn(
      javaCommand(),
      [
        // A short life is spent starting, which the first compiler alone makes shorter.
        '-XX:TieredStopAtLevel=1',
        ...['-jar', jar, `--server.port=${this.port}`],
        `--longhaul.data-dir=${join(this.#workspace, 'data')}`,
        ...this.#arguments,
      ],
      { cwd: this.#workspace, env: environment(), stdio: ['ignore', log, log] },
    )
    closeSync(log)
    return launched
  }

  get #log(): string {
    return join(this.#workspace, 'server.log')
  }

  async #ready(): Promise<void> {
    try {
      await until('readiness of the server', () => this.#isReady(), START_LIMIT_MS)
    } catch (failure) {
      const output = readFileSync(this.#log, 'utf8')
      await this.close()
      throw new Error(`The server did not get ready. It printed:\n${output}`, { cause: failure })
    }
  }

  async #isReady(): Promise<boolean> {
    if (!this.#isAlive()) throw new Error('the server ended')
    try {
      const answer = await fetch(`${this.origin}/actuator/health/readiness`)
      await answer.body?.cancel()
      return answer.ok
    } catch {
      // Nobody listens yet.
      return false
    }
  }

  #isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!this.#isAlive()) return
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill(signal)
    await ended
  }
}

function serverJar(): string {
  const jar = process.env.LONGHAUL_SERVER_JAR
  if (jar === undefined) throw new Error('LONGHAUL_SERVER_JAR must name the jar of the server')
  return resolve(jar)
}

/** Without our own variables: the server refuses to start with settings that it does not know. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LONGHAUL_')))
}
