import type { Database } from './db.ts'
import type { Upload } from './upload.ts'

const CHUNK_LENGTH = 4 << 20

/** Bytes of an upload from an offset, at most so many; null when they are not here any more. */
export async function sliceOf(
  db: Database,
  upload: Upload,
  offset: number,
  length: number,
): Promise<Blob | null> {
  if (upload.storage === 'blob') {
    const blob = await db.get('blobs', upload.id)
    return blob === undefined || blob.size !== upload.length ? null : blob.slice(offset, offset + length)
  }
  return upload.storage === 'chunks' ? await sliceOfChunks(db, upload, offset, length) : null
}

async function sliceOfChunks(
  db: Database,
  upload: Upload,
  offset: number,
  length: number,
): Promise<Blob | null> {
  const first = Math.floor(offset / CHUNK_LENGTH)
  const end = Math.min(upload.length, offset + length)
  const parts: ArrayBuffer[] = []
  for (let index = first; index * CHUNK_LENGTH < end; index++) {
    const chunk = await db.get('chunks', [upload.id, index])
    if (chunk === undefined) return null
    parts.push(chunk)
  }
  const start = first * CHUNK_LENGTH
  return new Blob(parts).slice(offset - start, end - start)
}

/** Stores a file in pieces, for browsers that refuse Blobs. */
export async function storeChunks(db: Database, id: string, file: File): Promise<void> {
  for (let index = 0; index * CHUNK_LENGTH < file.size; index++) {
    const bytes = await file.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH).arrayBuffer()
    await db.put('chunks', bytes, [id, index])
  }
}

/** The keys of all pieces of an upload. */
export function chunksOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])
}
