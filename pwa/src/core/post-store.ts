import type { Database } from './db.ts'
import type { Post } from './post.ts'
import type { ChosenFile } from './queue.ts'
import { type Share, takeShare } from './shares.ts'
import { chunksOf, storeChunks } from './stored-bytes.ts'
import type { Entry, Upload } from './upload.ts'

/** The records and the files whole, in one transaction. */
export async function storePost(db: Database, { entry, share, kept, uploads, files }: Post): Promise<void> {
  const tx = db.transaction(['uploads', 'entries', 'blobs', 'shares'], 'readwrite', {
    durability: 'strict',
  })
  const puts: Promise<unknown>[] = []
  try {
    if (share !== null) puts.push(takeShare(tx, share))
    puts.push(tx.objectStore('entries').put(entry))
    for (const upload of kept) puts.push(tx.objectStore('uploads').put(upload))
    for (const [index, upload] of uploads.entries()) {
      puts.push(tx.objectStore('uploads').put(upload))
      puts.push(tx.objectStore('blobs').put(fileAt(files, index), upload.id))
    }
    await Promise.all(puts)
    await tx.done
  } catch (failure) {
    abort(tx)
    await Promise.allSettled([...puts, tx.done])
    throw failure
  }
}

/** For browsers that refuse Blobs: the bytes first, and the records when all of them are there. */
export async function storePostInChunks(
  db: Database,
  { entry, share, kept, uploads, files }: Post,
): Promise<readonly Upload[]> {
  const chunked = uploads.map((upload): Upload => ({ ...upload, storage: 'chunks' }))
  try {
    for (const [index, upload] of chunked.entries()) {
      await storeChunks(db, upload.id, fileAt(files, index))
    }
    await storeRecords(db, entry, share, [...kept, ...chunked])
    return [...kept, ...chunked]
  } catch (failure) {
    for (const upload of chunked) await db.delete('chunks', chunksOf(upload.id))
    throw failure
  }
}

async function storeRecords(
  db: Database,
  entry: Entry,
  share: Share | null,
  uploads: readonly Upload[],
): Promise<void> {
  const tx = db.transaction(['uploads', 'entries', 'shares'], 'readwrite', { durability: 'strict' })
  if (share !== null) await takeShare(tx, share)
  await Promise.all([
    tx.objectStore('entries').put(entry),
    ...uploads.map((upload) => tx.objectStore('uploads').put(upload)),
  ])
  await tx.done
}

function fileAt(files: readonly ChosenFile[], index: number): File {
  const chosen = files[index]
  if (chosen === undefined) throw new RangeError(`file ${index} of ${files.length}`)
  return chosen.file
}

/** A request that was refused at once leaves its transaction alive, which would then keep the rest. */
function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // It has failed by itself.
  }
}
