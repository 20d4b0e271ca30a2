import type { Database } from './db.ts'
import type { Upload } from './upload.ts'

const CHUNK_LENGTH = 4 << 20

type Stored = Pick<Upload, 'id' | 'length' | 'storage'>

/** Bytes of an upload from an offset, at most so many; null when they are not here any more. */
export async function sliceOf(
  db: Database,
  upload: Stored,
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
  upload: Stored,
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

/**
 * Stores bytes as they come, with no more of them in memory than one piece has.
 *
 * @returns how many they were
 */
export async function storePieces(
  db: Database,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  let chunk = new Uint8Array(CHUNK_LENGTH)
  let length = 0
  for await (let piece of bytes) {
    while (piece.length > 0) {
      const at = length % CHUNK_LENGTH
      const fitting = piece.subarray(0, CHUNK_LENGTH - at)
      chunk.set(fitting, at)
      length += fitting.length
      piece = piece.subarray(fitting.length)
      if (length % CHUNK_LENGTH !== 0) continue
      await db.put('chunks', chunk.buffer, [id, length / CHUNK_LENGTH - 1])
      chunk = new Uint8Array(CHUNK_LENGTH)
    }
  }
  const rest = length % CHUNK_LENGTH
  if (rest > 0) await db.put('chunks', chunk.buffer.slice(0, rest), [id, Math.floor(length / CHUNK_LENGTH)])
  return length
}

/** The keys of all pieces of an upload. */
export function chunksOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])
}
