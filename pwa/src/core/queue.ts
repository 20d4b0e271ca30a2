import { type Database, isQuotaError, storesBlobs } from './db.ts'
import { type Post, postOf } from './post.ts'
import { storePost, storePostInChunks } from './post-store.ts'
import { type Share, ShareGone } from './shares.ts'
import { chunksOf, sliceOf, storeChunks } from './stored-bytes.ts'
import { transition, type UploadEvent } from './transition.ts'
import { type Entry, isDue, isOfNetwork, type Upload } from './upload.ts'

/** A file that a person has chosen, with its path within a folder. */
export interface ChosenFile {
  readonly file: File
  readonly path: string
}

/** The browser has no room for the files. Nothing of them was kept. */
export class NoRoom extends Error {}

/** The uploads of this browser, with their bytes: what every page and the service worker agree on. */
export class UploadQueue {
  readonly #db: Database
  #storesBlobs: Promise<boolean> | null = null

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Keeps files and what was said about them, all or nothing: when this resolves, they survive the
   * browser and the machine.
   *
   * @param share whose kept files come first; it does not wait any more then
   * @throws NoRoom if the browser's quota does not suffice
   * @throws ShareGone if the share was sent or discarded meanwhile
   */
  async add(
    entry: Entry,
    files: readonly ChosenFile[],
    endpoint: string,
    share: Share | null = null,
  ): Promise<readonly Upload[]> {
    const post = postOf(entry, files, endpoint, share)
    try {
      return await this.#store(post)
    } catch (failure) {
      if (isQuotaError(failure)) throw new NoRoom('the browser has no room for the files')
      throw failure
    }
  }

  async #store(post: Post): Promise<readonly Upload[]> {
    if (!(await this.#takesBlobs())) return await storePostInChunks(this.#db, post)
    try {
      await storePost(this.#db, post)
      return [...post.kept, ...post.uploads]
    } catch (failure) {
      if (failure instanceof ShareGone || isQuotaError(failure)) throw failure
      return await storePostInChunks(this.#db, post)
    }
  }

  async all(): Promise<readonly Upload[]> {
    return await this.#db.getAllFromIndex('uploads', 'by-order')
  }

  async get(id: string): Promise<Upload | undefined> {
    return await this.#db.get('uploads', id)
  }

  async entry(id: string): Promise<Entry | undefined> {
    return await this.#db.get('entries', id)
  }

  async entries(): Promise<readonly Entry[]> {
    return await this.#db.getAll('entries')
  }

  /** What can be sent now, in its order. */
  async due(now: number): Promise<readonly Upload[]> {
    return (await this.all()).filter((upload) => isDue(upload, now))
  }

  /** Makes due at once what waits for a network, because there may be one. */
  async hasten(now: number): Promise<void> {
    const tx = this.#db.transaction('uploads', 'readwrite')
    for (const upload of await tx.store.index('by-state').getAll('waiting')) {
      const { state } = upload
      if (state.kind === 'waiting' && state.until > now && isOfNetwork(state.trouble)) {
        await tx.store.put({ ...upload, state: { ...state, until: now } })
      }
    }
    await tx.done
  }

  /** How many uploads are still to be sent, or to be cancelled on the server. */
  async left(): Promise<number> {
    const index = this.#db.transaction('uploads').store.index('by-state')
    const counts = await Promise.all([
      index.count('queued'),
      index.count('waiting'),
      index.count('cancelling'),
    ])
    return counts.reduce((sum, count) => sum + count, 0)
  }

  /** When the next waiting upload is due; null when none waits. */
  async nextDueAt(): Promise<number | null> {
    const times = (await this.all()).flatMap((upload) =>
      upload.state.kind === 'waiting' ? [upload.state.until] : [],
    )
    return times.length === 0 ? null : Math.min(...times)
  }

  /**
   * Applies an event to what is stored now, so that two contexts never overwrite each other. The bytes
   * go in the same transaction that says that the server has them all.
   *
   * @returns the upload afterwards; undefined when it was removed meanwhile
   */
  async apply(id: string, event: UploadEvent): Promise<Upload | undefined> {
    const tx = this.#db.transaction(['uploads', 'blobs', 'chunks'], 'readwrite', { durability: 'strict' })
    const uploads = tx.objectStore('uploads')
    const before = await uploads.get(id)
    if (before === undefined) {
      await tx.done
      return undefined
    }
    const next = transition(before, event)
    await uploads.put(next)
    if (next.state.kind === 'complete') {
      await tx.objectStore('blobs').delete(id)
      await tx.objectStore('chunks').delete(chunksOf(id))
    }
    await tx.done
    return next
  }

  /**
   * Stores again the bytes of an upload that lost them. They must be those of the same file, as far as
   * its name, length and time of change tell.
   */
  async supply(id: string, file: File): Promise<boolean> {
    const upload = await this.get(id)
    const same =
      upload?.state.kind === 'needs-file' && upload.length === file.size && upload.name === file.name
    if (!same || upload.modifiedAt !== file.lastModified) return false
    await this.#storeAgain(upload, file)
    return true
  }

  async #storeAgain(upload: Upload, file: File): Promise<void> {
    const queued: Upload = { ...upload, state: { kind: 'queued' }, attempts: 0 }
    try {
      if (await this.#takesBlobs()) await this.#storeBlobAgain(queued, file)
      else await this.#storeChunksAgain(queued, file)
    } catch (failure) {
      if (isQuotaError(failure)) throw new NoRoom('the browser has no room for the file')
      throw failure
    }
  }

  async #storeBlobAgain(upload: Upload, file: File): Promise<void> {
    const tx = this.#db.transaction(['uploads', 'blobs'], 'readwrite', { durability: 'strict' })
    await tx.objectStore('blobs').put(file, upload.id)
    await tx.objectStore('uploads').put({ ...upload, storage: 'blob' })
    await tx.done
  }

  async #storeChunksAgain(upload: Upload, file: File): Promise<void> {
    await storeChunks(this.#db, upload.id, file)
    await this.#db.put('uploads', { ...upload, storage: 'chunks' })
  }

  #takesBlobs(): Promise<boolean> {
    this.#storesBlobs ??= storesBlobs()
    return this.#storesBlobs
  }

  /** Applies an event of a person to many uploads at once, all or none. */
  async applyToAll(ids: readonly string[], event: UploadEvent): Promise<void> {
    const tx = this.#db.transaction('uploads', 'readwrite', { durability: 'strict' })
    for (const id of ids) {
      const before = await tx.store.get(id)
      if (before !== undefined) await tx.store.put(transition(before, event))
    }
    await tx.done
  }

  /** Forgets an upload and its bytes. */
  async remove(id: string): Promise<void> {
    const tx = this.#db.transaction(['uploads', 'entries', 'blobs', 'chunks', 'thumbnails'], 'readwrite', {
      durability: 'strict',
    })
    const upload = await tx.objectStore('uploads').get(id)
    await tx.objectStore('uploads').delete(id)
    await tx.objectStore('blobs').delete(id)
    await tx.objectStore('chunks').delete(chunksOf(id))
    await tx.objectStore('thumbnails').delete(id)
    if (upload !== undefined) {
      const left = await tx.objectStore('uploads').index('by-entry').count(upload.entryId)
      if (left === 0) await tx.objectStore('entries').delete(upload.entryId)
    }
    await tx.done
  }

  /** Bytes of an upload from an offset, at most so many; null when they are not here any more. */
  async slice(upload: Upload, offset: number, length: number): Promise<Blob | null> {
    return await sliceOf(this.#db, upload, offset, length)
  }
}
