import type { ChosenFile } from '../../core/queue.ts'

/** The files of a drop or a paste, and the paths of those that could not be read. */
export interface Taken {
  readonly files: readonly ChosenFile[]
  readonly unreadable: readonly string[]
}

/** One thing that was handed over, as it could be taken within the event. */
type Item = { readonly kind: 'entry'; readonly entry: FileSystemEntry } | ChosenItem
type ChosenItem = { readonly kind: 'file'; readonly file: File }

/**
 * Takes the files out of a drop or a paste, those of folders too. Call it within the event: what is not
 * taken before the first `await` is gone. Empty folders give nothing.
 */
export async function takeFiles(transfer: DataTransfer): Promise<Taken> {
  const items = itemsOf(transfer)
  const files = new Map<string, ChosenFile>()
  const unreadable: string[] = []
  for (const item of items) {
    for await (const found of walk(item)) {
      if (typeof found === 'string') unreadable.push(found)
      else files.set(keyOf(found), found)
    }
  }
  return { files: [...files.values()], unreadable }
}

function itemsOf(transfer: DataTransfer): readonly Item[] {
  const items = Array.from(transfer.items).flatMap((item): Item[] => {
    if (item.kind !== 'file') return []
    // Absent in some engines although the types promise it; null for an image dragged out of a page.
    const entry = item.webkitGetAsEntry?.()
    if (entry) return [{ kind: 'entry', entry }]
    const file = item.getAsFile()
    return file === null ? [] : [{ kind: 'file', file }]
  })
  return items.length > 0 ? items : Array.from(transfer.files, (file) => ({ kind: 'file', file }))
}

/** By path; but two files of one name from different places are both meant. */
function keyOf({ file, path }: ChosenFile): string {
  return JSON.stringify([path, file.size, file.lastModified])
}

/** Gives files, and the paths of what cannot be read. */
async function* walk(item: Item): AsyncGenerator<ChosenFile | string> {
  if (item.kind === 'entry') {
    yield* walkEntry(item.entry)
  } else if (await isFolder(item.file)) {
    yield item.file.name
  } else {
    yield { file: item.file, path: item.file.name }
  }
}

async function* walkEntry(entry: FileSystemEntry): AsyncGenerator<ChosenFile | string> {
  const path = entry.fullPath.replace(/^\/+/, '')
  try {
    if (isFileEntry(entry)) yield { file: await fileOf(entry), path }
    else if (isDirectoryEntry(entry)) for (const child of await childrenOf(entry)) yield* walkEntry(child)
  } catch {
    yield path
  }
}

/** Chromium gives at most a hundred entries per call, and none when there are no more. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return children
    children.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** Without entries a folder looks like a file without a type; only reading it tells. */
async function isFolder(file: File): Promise<boolean> {
  if (file.type !== '') return false
  try {
    await file.slice(0, 1).arrayBuffer()
    return false
  } catch {
    return true
  }
}
