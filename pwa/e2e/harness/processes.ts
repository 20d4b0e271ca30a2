import { readdirSync, readFileSync } from 'node:fs'

interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** The process of the browser that uses a profile. */
export function browserWith(profile: string): number | null {
  const found = processes().find(
    ({ command }) => command.includes(`--user-data-dir=${profile}\0`) && !command.includes('--type='),
  )
  return found?.pid ?? null
}

/** Memory that the largest of a browser's renderers has, in bytes (resident set size). */
export function largestRendererBytes(browser: number): number {
  const all = processes()
  const tree = new Set([browser])
  for (let size = 0; size !== tree.size; ) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  const renderers = all.filter(({ pid, command }) => tree.has(pid) && command.includes('--type=renderer'))
  return Math.max(0, ...renderers.map(({ pid }) => residentBytes(pid)))
}

function processes(): readonly ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const command = read(`/proc/${name}/cmdline`)
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]
    return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent), command }]
  })
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process has ended meanwhile.
    return ''
  }
}
