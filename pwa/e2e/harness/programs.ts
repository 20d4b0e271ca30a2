import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The browser that CHROMIUM names, or an installed one. */
export function chromiumCommand(): string {
  return process.env.CHROMIUM ?? installed('chromium', 'chromium-browser', 'google-chrome')
}

/** The browser that FIREFOX names, or an installed one. */
export function firefoxCommand(): string {
  return process.env.FIREFOX ?? installed('firefox-esr', 'firefox')
}

function installed(...names: readonly string[]): string {
  const directories = (process.env.PATH ?? '').split(delimiter)
  const paths = names.flatMap((name) => directories.map((directory) => join(directory, name)))
  const found = paths.find((path) => existsSync(path))
  if (found === undefined) throw new Error(`none of ${names.join(', ')} is installed`)
  return found
}
