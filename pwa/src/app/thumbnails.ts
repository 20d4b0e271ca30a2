import type { Bus } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
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
    if (
      file === undefined ||
      !file.type.startsWith('image/') ||
      file.size > MAX_SIZE ||
      !('OffscreenCanvas' in self)
    )
      return
    this.#last = this.#last.then(() => this.#make(uploadId, file)).catch(() => undefined)
  }

  async #make(uploadId: string, file: File): Promise<void> {
    const thumbnail = await this.#ask(file)
    if (thumbnail === null) return
    const tx = this.#db.transaction(['uploads', 'thumbnails'], 'readwrite')
    const isThere = (await tx.objectStore('uploads').getKey(uploadId)) !== undefined
    if (isThere) await tx.objectStore('thumbnails').put(thumbnail, uploadId)
    await tx.done
    if (isThere) this.#bus.post({ kind: 'changed', ids: [uploadId] })
  }

  /** A picture that the browser chokes on must not keep the others waiting for ever. */
  async #ask(file: File): Promise<Blob | null> {
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
