import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const OLDEST = 25
const INSTALLED = '/usr/lib/jvm'

/** The java that runs the server: LONGHAUL_JAVA, or one of those installed that is new enough. */
export function javaCommand(): string {
  const wanted = process.env.LONGHAUL_JAVA
  if (wanted !== undefined) return wanted
  const found = installed().find((java) => version(java) >= OLDEST)
  if (found === undefined) {
    throw new Error(`no Java ${OLDEST} in ${INSTALLED}: name one in LONGHAUL_JAVA`)
  }
  return found
}

function installed(): readonly string[] {
  const home = process.env.JAVA_HOME
  const homes = existsSync(INSTALLED) ? readdirSync(INSTALLED).map((name) => join(INSTALLED, name)) : []
  return [...(home === undefined ? [] : [home]), ...homes]
    .map((directory) => join(directory, 'bin', 'java'))
    .filter((java) => existsSync(java))
}

function version(java: string): number {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0)
}
