import type { Bus } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
import { type ChosenFile, NoRoom, UploadQueue } from '../core/queue.ts'
import { readSettings } from '../core/settings.ts'
import type { Entry } from '../core/upload.ts'

/** What accepting a share needs. */
export interface ShareDeps {
  readonly db: Database
  readonly bus: Bus
}

/** What another app has handed over. */
interface Share {
  readonly title: string
  readonly note: string
  readonly files: readonly ChosenFile[]
  /** Files that came without their bytes. */
  readonly unreadable: number
}

/**
 * Keeps what another app shares, and leads to the page. It answers only when the files are stored: the
 * app that shares may be closed then.
 */
export async function acceptShare(request: Request, { db, bus }: ShareDeps): Promise<Response> {
  const share = await readShare(request)
  if (share.files.length === 0) return leadToPage(request, { shared: 0, unreadable: share.unreadable })
  try {
    const { endpoint } = await readSettings(db)
    const target = new URL(endpoint ?? '/files', request.url).href
    const added = await new UploadQueue(db).add(entryOf(share), share.files, target)
    bus.post({ kind: 'changed', ids: added.map((upload) => upload.id) })
    bus.post({ kind: 'wake' })
    return leadToPage(request, { shared: added.length, unreadable: share.unreadable })
  } catch (failure) {
    if (failure instanceof NoRoom) return leadToPage(request, { shared: 0, noroom: lengthOf(share) })
    return leadToPage(request, { shared: 0, unreadable: share.files.length + share.unreadable })
  }
}

async function readShare(request: Request): Promise<Share> {
  try {
    return shareOf(await request.formData())
  } catch {
    // More than the browser can hand over.
    return { title: '', note: '', files: [], unreadable: 1 }
  }
}

/** Chromium hands out files of more than about 500 MB as empty ones, without an error. */
function shareOf(form: FormData): Share {
  const files = form.getAll('files').filter((value) => typeof value !== 'string')
  const readable = files.filter((file) => file.size > 0)
  return {
    title: textOf(form, 'title'),
    note: [textOf(form, 'text'), textOf(form, 'url')].filter((text) => text !== '').join('\n'),
    files: readable.map((file) => chosenOf(file)),
    unreadable: files.filter((file) => file.size === 0 && !isNoChoice(file)).length,
  }
}

function lengthOf({ files }: Share): number {
  return files.reduce((sum, { file }) => sum + file.size, 0)
}

/** A form without a chosen file sends one that has neither name nor bytes. */
function isNoChoice(file: File): boolean {
  return file.name === '' && file.size === 0
}

function chosenOf(file: File): ChosenFile {
  if (file.name !== '') return { file, path: file.name }
  const { type, lastModified } = file
  return { file: new File([file], 'shared', { type, lastModified }), path: 'shared' }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

function entryOf({ title, note }: Share): Entry {
  return { id: crypto.randomUUID(), title, note, place: null, addedAt: Date.now() }
}

/** 303, so that a reload of the page does not share once more. */
function leadToPage(request: Request, outcome: Readonly<Record<string, number>>): Response {
  const url = new URL('/', request.url)
  for (const [name, value] of Object.entries(outcome)) {
    if (name === 'shared' || value > 0) url.searchParams.set(name, String(value))
  }
  return Response.redirect(url.href, 303)
}
