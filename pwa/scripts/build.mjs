// Builds the page into the directory given: installs what package-lock.json names when that is not done
// yet, and does nothing when nothing has changed since the last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const PWA = dirname(dirname(fileURLToPath(import.meta.url)))
const LEAST_NODE = [20, 19]
const INPUTS = ['index.html', 'package-lock.json', 'package.json', 'vite.config.ts', 'scripts', 'src', 'public']
const GZIPPED = /\.(html|js|css|svg|webmanifest)$/

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, ...args) {
  const shell = process.platform === 'win32'
  const { status, error } = spawnSync(command, args, { cwd: PWA, stdio: 'inherit', shell })
  if (error) fail(`${command} cannot be run: ${error.message}`)
  if (status !== 0) fail(`${[command, ...args].join(' ')} has failed with exit code ${status}`)
}

function files(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(`${relative(PWA, path)}\0`).update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    fail(`Node.js ${LEAST_NODE.join('.')} or later is needed to build the page; this is ${process.versions.node}`)
  }
}

/** Not `npm ci`: that refuses the lock where a registry lacks packages for other operating systems. */
function install() {
  const wanted = digest([join(PWA, 'package-lock.json'), join(PWA, 'package.json')])
  const stamp = join(PWA, 'node_modules', '.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  run('npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error')
  writeFileSync(stamp, wanted)
}

function compress(out) {
  for (const path of files(out)) {
    if (GZIPPED.test(path)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
  }
}

const target = process.argv[2]
if (target === undefined) fail('usage: node scripts/build.mjs OUTPUT-DIRECTORY')
const out = resolve(PWA, target)
checkNode()
install()
const stamp = join(PWA, 'target', 'page.built')
const inputs = digest(INPUTS.flatMap((name) => files(join(PWA, name)))) + (process.env.VITE_VERSION ?? '')
if (!existsSync(join(out, 'index.html')) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs) {
  rmSync(out, { recursive: true, force: true })
  run('npx', 'tsc', '-p', 'tsconfig.page.json')
  run('npx', 'tsc', '-p', 'tsconfig.worker.json')
  run('npx', 'vite', 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn')
  compress(out)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, inputs)
}
