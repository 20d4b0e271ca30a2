// Makes sure that there are browsers to test in: those that CHROMIUM and FIREFOX name, or installed ones,
// or, for root on Debian and its relatives, the packages.
// Also that there is an nginx, which is unpacked below target and not installed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BROWSERS = [
  { variable: 'CHROMIUM', commands: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium' },
  { variable: 'FIREFOX', commands: ['firefox-esr', 'firefox'], package: 'firefox-esr' },
]

/** Tested where it is there; its names are those of Debian's packages. */
const WEBKIT = [
  { commands: ['WebKitWebDriver'], package: 'webkit2gtk-driver' },
  { commands: ['Xvfb'], package: 'xvfb' },
]

function isThere({ variable, commands }) {
  const named = variable && process.env[variable]
  if (named !== undefined) return existsSync(named)
  const directories = (process.env.PATH ?? '').split(delimiter)
  return commands.some((command) => directories.some((directory) => existsSync(join(directory, command))))
}

function install(packages) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: environment }
  spawnSync('apt-get', ['update', '-q'], options)
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options)
}

/** Installed, Debian's package would start a service. */
function unpackNginx() {
  const directory = join(dirname(dirname(fileURLToPath(import.meta.url))), 'target', 'nginx')
  if (existsSync('/usr/sbin/nginx') || existsSync(join(directory, 'root/usr/sbin/nginx'))) return
  if (!existsSync('/usr/bin/apt-get')) return
  for (const part of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(directory, part), { recursive: true })
  }
  const options = { cwd: directory, stdio: 'ignore' }
  const places = ['-o', `Dir::State::lists=${directory}/lists`, '-o', `Dir::Cache=${directory}/cache`]
  spawnSync('apt-get', ['-q', ...places, 'update'], options)
  spawnSync('apt-get', ['-q', ...places, 'download', 'nginx'], options)
  for (const name of readdirSync(directory).filter((entry) => /^nginx_.*\.deb$/.test(entry))) {
    spawnSync('dpkg-deb', ['-x', name, 'root'], options)
  }
}

const absent = () => BROWSERS.filter((browser) => !isThere(browser))
const wanted = [...BROWSERS, ...WEBKIT].filter((program) => !isThere(program))
if (wanted.length > 0 && process.getuid?.() === 0) install(wanted.map((program) => program.package))
const missing = absent().map((browser) => `${browser.package} (or the variable ${browser.variable})`)
if (missing.length > 0) {
  console.error(`The end-to-end tests need ${missing.join(' and ')}: install it, or leave them out with -DskipITs`)
  process.exit(1)
}
unpackNginx()
