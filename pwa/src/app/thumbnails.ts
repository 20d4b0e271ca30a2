import type { Bus } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
import type { KeptFile } from '../core/shares.ts'
import type { ThumbnailAnswer, ThumbnailRequest } from '../core/thumbnail.ts'

/** Larger pictures take more memory to read than a small picture is worth. */
const MAX_SIZE = 50_000_000
const PATIENCE_MS = 20_000

/** Makes small pictures of images that were added, one at a time, beside everything else. */
export class ThumbnailMaker {
  readonly #db: Database
  readonly #bus: Bus
  #worker: Worker | null = null
  #number = 0
  #last: Promise<void> = Promise.resolve()

  constructor(db: Database, bus: Bus) {
    this.#db = db
    this.#bus = bus
  }

  /** @param file the bytes of the upload, of any type; only images get a small picture */
  add(uploadId: string, file: File | undefined): void {
    if (file === undefined || !isPicture(file.type, file.size)) return
    this.#queue(() => this.#make(uploadId, file))
  }

  /** @param read gives the bytes of a file that is kept here, before or after it became an upload */
  addKept({ id, type, length }: KeptFile, read: () => Promise<Blob | null>): void {
    if (!isPicture(type, length)) return
    this.#queue(async () => {
      if ((await this.#db.getKey('thumbnails', id)) !== undefined) return
      const file = await read()
      if (file !== null) await this.#make(id, file)
    })
  }

  #queue(make: () => Promise<void>): void {
    this.#last = this.#last.then(make).catch(() => undefined)
  }

  async #make(id: string, file: Blob): Promise<void> {
    const thumbnail = await this.#ask(file)
    if (thumbnail === null) return
    const tx = this.#db.transaction(['uploads', 'chunks', 'thumbnails'], 'readwrite')
    // Who was cancelled or discarded meanwhile leaves nothing behind.
    const keys = await Promise.all([
      tx.objectStore('uploads').getKey(id),
      tx.objectStore('chunks').getKey([id, 0]),
    ])
    const isThere = keys.some((key) => key !== undefined)
    if (isThere) await tx.objectStore('thumbnails').put(thumbnail, id)
    await tx.done
    if (isThere) this.#bus.post({ kind: 'changed', ids: [id] })
  }

  /** A picture that the browser chokes on must not keep the others waiting for ever. */
  async #ask(file: Blob): Promise<Blob | null> {
    const number = ++this.#number
    this.#worker ??= new Worker(new URL('../worker/thumbnail.ts', import.meta.url), { type: 'module' })
    const worker = this.#worker
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#worker = null
        worker.terminate()
        resolve(null)
      }, PATIENCE_MS)
      worker.onmessage = (event: MessageEvent<ThumbnailAnswer>) => {
        if (event.data.number !== number) return
        clearTimeout(timer)
        resolve(event.data.thumbnail)
      }
      const request: ThumbnailRequest = { number, file }
      worker.postMessage(request)
    })
  }
}

function isPicture(type: string, length: number): boolean {
  return type.startsWith('image/') && length <= MAX_SIZE && 'OffscreenCanvas' in self
}
