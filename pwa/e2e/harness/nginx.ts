import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './ports.ts'
import { until } from './until.ts'

/** Installed, or as scripts/browsers.mjs unpacks it. */
const PLACES = [
  '/usr/sbin/nginx',
  fileURLToPath(new URL('../../target/nginx/root/usr/sbin/nginx', import.meta.url)),
]

export function hasNginx(): boolean {
  return PLACES.some((path) => existsSync(path))
}

/** A real nginx with what a test wants inside of its `http` block. */
export class Nginx {
  readonly port: number
  readonly #directory: string
  readonly #process: ChildProcess

  private constructor(port: number, directory: string, process: ChildProcess) {
    this.port = port
    this.#directory = directory
    this.#process = process
  }

  /** Starts it with one server on a free port, and waits until it answers. */
  static async start(locations: string): Promise<Nginx> {
    const directory = await mkdtemp(join(tmpdir(), 'longhaul-nginx-'))
    const port = await freePort()
    const configuration = join(directory, 'nginx.conf')
    await writeFile(configuration, configurationOf(directory, port, locations))
    const binary = PLACES.find((path) => existsSync(path))
    if (binary === undefined) throw new Error('nginx is not there')
    const log = join(directory, 'error.log')
    const launched = spawn(binary, ['-e', log, '-p', directory, '-c', configuration], { stdio: 'ignore' })
    const nginx = new Nginx(port, directory, launched)
    try {
      await until('nginx', () => nginx.#answers(), 15_000)
    } catch (failure) {
      const said = await readFile(log, 'utf8').catch(() => '')
      await nginx.close()
      throw new Error(`nginx does not answer. It says:\n${said}`, { cause: failure })
    }
    return nginx
  }

  /** What the browser opens: a secure context although it is not https. */
  get origin(): string {
    return `http://localhost:${this.port}`
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#process
    if (exitCode === null && signalCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve))
      this.#process.kill('SIGKILL')
      await ended
    }
    await rm(this.#directory, { recursive: true, force: true })
  }

  async #answers(): Promise<boolean> {
    try {
      await (await fetch(`http://127.0.0.1:${this.port}/`)).body?.cancel()
      return true
    } catch {
      // Not yet.
      return false
    }
  }
}

/** One process, so that ending it leaves no other behind. */
function configurationOf(directory: string, port: number, locations: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  )
  return `
daemon off;
master_process off;
pid ${directory}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    server_name localhost;
    client_max_body_size 0;
${locations}
  }
}
`
}
