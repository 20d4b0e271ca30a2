import type { IDBPTransaction, StoreNames } from 'idb'
import type { Database, LonghaulSchema } from './db.ts'
import { beingReceived } from './locks.ts'
import { chunksOf, sliceOf } from './stored-bytes.ts'
import type { Entry } from './upload.ts'

/** Any web site can share to the page: more than these do not wait at a time. */
export const MOST_WAITING = 10

/** A file of a share, kept in pieces. Its id becomes that of its upload. */
export interface KeptFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly length: number
  readonly modifiedAt: number
}

/** What a person says with files. */
export type Said = Pick<Entry, 'title' | 'note' | 'place'>

/** What was shared to the page and waits for the person to send or to discard it. */
export interface Share extends Said {
  readonly id: string
  /** Whether its files are still coming in; what stays so without a holder of its lock is abandoned. */
  readonly arriving: boolean
  readonly sharedAt: number
  readonly files: readonly KeptFile[]
}

/** The share was sent or discarded meanwhile, in another tab. Nothing was changed. */
export class ShareGone extends Error {}

/** What was shared to the page in this browser, until it is sent or discarded. */
export class Shares {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** The newest first. */
  async waiting(): Promise<readonly Share[]> {
    const all = await this.#db.getAll('shares')
    return all.filter(({ arriving }) => !arriving).sort((one, other) => other.sharedAt - one.sharedAt)
  }

  async get(id: string): Promise<Share | undefined> {
    return await this.#db.get('shares', id)
  }

  /** Makes place for one more share. @returns false when too many wait, or come in, already */
  async begin(share: Share): Promise<boolean> {
    const tx = this.#db.transaction('shares', 'readwrite', { durability: 'strict' })
    const fits = (await tx.store.count()) < MOST_WAITING
    if (fits) await tx.store.put(share)
    await tx.done
    return fits
  }

  /** When this resolves, the share survives the browser and the machine. */
  async keep(share: Share): Promise<void> {
    const tx = this.#db.transaction('shares', 'readwrite', { durability: 'strict' })
    await Promise.all([tx.store.put(share), tx.done])
  }

  /** Keeps what the person has changed of the words, if the share still waits. */
  async say(id: string, { title, note, place }: Said): Promise<void> {
    await this.#change(id, (share) => ({ ...share, title, note, place }))
  }

  /** Forgets one file of a share. */
  async removeFile(id: string, file: KeptFile): Promise<void> {
    await this.#change(id, (share) => ({
      ...share,
      files: share.files.filter((each) => each.id !== file.id),
    }))
    await this.#removeBytes([file])
  }

  async discard(id: string): Promise<void> {
    const share = await this.get(id)
    await this.#db.delete('shares', id)
    await this.#removeBytes(share?.files ?? [])
  }

  /** Removes what came in only in part because the browser was closed. */
  async clearAbandoned(): Promise<void> {
    const all = await this.#db.getAll('shares')
    if (!all.some(({ arriving }) => arriving)) return
    const received = await beingReceived()
    for (const { id, arriving } of all) if (arriving && !received.has(id)) await this.discard(id)
  }

  /** The bytes of a file; null when they are not here any more. */
  async bytesOf({ id, length }: KeptFile): Promise<Blob | null> {
    return await sliceOf(this.#db, { id, length, storage: 'chunks' }, 0, length)
  }

  async #change(id: string, change: (share: Share) => Share): Promise<void> {
    const tx = this.#db.transaction('shares', 'readwrite', { durability: 'strict' })
    const share = await tx.store.get(id)
    if (share !== undefined) await tx.store.put(change(share))
    await tx.done
  }

  async #removeBytes(files: readonly KeptFile[]): Promise<void> {
    const tx = this.#db.transaction(['chunks', 'thumbnails'], 'readwrite')
    for (const { id } of files) {
      await tx.objectStore('chunks').delete(chunksOf(id))
      await tx.objectStore('thumbnails').delete(id)
    }
    await tx.done
  }
}

type StoresWithShares = ('shares' | StoreNames<LonghaulSchema>)[]

/**
 * Takes a share out of those that wait, in the transaction that makes uploads of its files.
 *
 * @throws ShareGone if it does not wait any more
 */
export async function takeShare(
  tx: Pick<IDBPTransaction<LonghaulSchema, StoresWithShares, 'readwrite'>, 'objectStore'>,
  share: Share,
): Promise<void> {
  const store = tx.objectStore('shares')
  if ((await store.getKey(share.id)) === undefined) throw new ShareGone('the share does not wait any more')
  await store.delete(share.id)
}
