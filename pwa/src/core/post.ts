import type { ChosenFile } from './queue.ts'
import type { KeptFile, Share } from './shares.ts'
import type { Entry, Upload } from './upload.ts'

/** What is to be stored together. */
export interface Post {
  readonly entry: Entry
  readonly share: Share | null
  /** Uploads of the share, whose bytes are here already. */
  readonly kept: readonly Upload[]
  /** Uploads of the files, in their order. */
  readonly uploads: readonly Upload[]
  readonly files: readonly ChosenFile[]
}

/** A share's files come first. */
export function postOf(
  entry: Entry,
  files: readonly ChosenFile[],
  endpoint: string,
  share: Share | null,
): Post {
  const shared = share?.files ?? []
  return {
    entry,
    share,
    kept: shared.map((file, index) => uploadOf(entry, asKept(file), endpoint, index)),
    uploads: files.map((chosen, index) => uploadOf(entry, asNew(chosen), endpoint, shared.length + index)),
    files,
  }
}

type FileFacts = Pick<Upload, 'id' | 'name' | 'path' | 'type' | 'length' | 'modifiedAt' | 'storage'>

/** The bytes are here already. */
function asKept(file: KeptFile): FileFacts {
  return { ...file, path: file.name, storage: 'chunks' }
}

function asNew({ file, path }: ChosenFile): FileFacts {
  const { name, type, size, lastModified } = file
  return {
    id: crypto.randomUUID(),
    name,
    path,
    type,
    length: size,
    modifiedAt: lastModified,
    storage: 'blob',
  }
}

function uploadOf(entry: Entry, facts: FileFacts, endpoint: string, index: number): Upload {
  return {
    ...facts,
    entryId: entry.id,
    endpoint,
    addedAt: entry.addedAt,
    order: entry.addedAt * 1_000 + index,
    state: { kind: 'queued' },
    url: null,
    offset: 0,
    attempts: 0,
    expiresAt: null,
  }
}
