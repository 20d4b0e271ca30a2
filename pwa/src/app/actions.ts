import type { Bus } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
import { forgetKept } from '../core/kept.ts'
import { type ChosenFile, UploadQueue } from '../core/queue.ts'
import { changeSettings, readSettings, type Settings } from '../core/settings.ts'
import type { Said, Share } from '../core/shares.ts'
import type { UploadEvent } from '../core/transition.ts'
import type { Entry, Upload } from '../core/upload.ts'
import { protectStorage } from './storage.ts'
import type { ThumbnailMaker } from './thumbnails.ts'

/** What a person can do. Each resolves when the database has it; the sender hears of it by itself. */
export class Actions {
  readonly #db: Database
  readonly #queue: UploadQueue
  readonly #bus: Bus
  readonly #wake: () => void
  readonly #thumbnails: ThumbnailMaker

  /** @param wake is called when there is something to send */
  constructor(db: Database, bus: Bus, wake: () => void, thumbnails: ThumbnailMaker) {
    this.#thumbnails = thumbnails
    this.#db = db
    this.#queue = new UploadQueue(db)
    this.#bus = bus
    this.#wake = wake
  }

  /**
   * @param share whose files are sent too
   * @throws NoRoom if the browser has no room for the files; nothing of them is kept then
   * @throws ShareGone if the share was sent or discarded meanwhile
   */
  async add(
    said: Said,
    files: readonly ChosenFile[],
    share: Share | null = null,
  ): Promise<readonly Upload[]> {
    const { endpoint } = await readSettings(this.#db)
    const entry: Entry = { ...said, id: crypto.randomUUID(), addedAt: Date.now() }
    const target = new URL(endpoint ?? '/files', location.origin).href
    const added = await this.#queue.add(entry, files, target, share)
    this.#changed(added.map((upload) => upload.id))
    this.#wake()
    void protectStorage(this.#db)
    const chosen = added.slice(share?.files.length ?? 0)
    for (const [index, upload] of chosen.entries()) this.#thumbnails.add(upload.id, files[index]?.file)
    return added
  }

  async pause(ids: readonly string[]): Promise<void> {
    await this.#apply(ids, { kind: 'paused' })
    this.#bus.post({ kind: 'stop', ids })
  }

  /** Goes on with what was paused, has failed, waits, or needed a sign-in. */
  async resume(ids: readonly string[]): Promise<void> {
    await this.#apply(ids, { kind: 'resumed' })
    this.#wake()
  }

  /** Gives up uploads here and on the server; without a network, as soon as there is one. */
  async cancel(ids: readonly string[]): Promise<void> {
    await this.#apply(ids, { kind: 'cancelled' })
    this.#bus.post({ kind: 'stop', ids })
    this.#wake()
  }

  /** Takes complete uploads off the list, and what is kept of them here; they stay on the server. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const url = (await this.#queue.get(id))?.url ?? null
      if (url !== null) await forgetKept(url)
      await this.#queue.remove(id)
    }
    this.#changed(ids)
  }

  /** Gives the bytes again that the browser has lost. @returns false when it is another file */
  async supply(id: string, file: File): Promise<boolean> {
    const supplied = await this.#queue.supply(id, file)
    if (supplied) {
      this.#changed([id])
      this.#wake()
    }
    return supplied
  }

  async set(change: Partial<Settings>): Promise<void> {
    await changeSettings(this.#db, change)
    this.#changed([])
    this.#wake()
  }

  async #apply(ids: readonly string[], event: UploadEvent): Promise<void> {
    await this.#queue.applyToAll(ids, event)
    this.#changed(ids)
  }

  #changed(ids: readonly string[]): void {
    this.#bus.post({ kind: 'changed', ids })
  }
}
