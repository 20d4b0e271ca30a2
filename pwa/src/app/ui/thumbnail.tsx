import { useEffect, useState } from 'preact/hooks'
import type { Bus } from '../../core/bus.ts'
import type { Database } from '../../core/db.ts'
import { KindIcon } from './icons.tsx'
import { useUi } from './ui.ts'
import { fileKind } from './upload-view.ts'

/** An object URL of the small picture of an upload; null while there is none. Who asks revokes it. */
export async function thumbnailUrl(db: Database, id: string): Promise<string | null> {
  const picture = await db.get('thumbnails', id)
  return picture === undefined ? null : URL.createObjectURL(picture)
}

/** Reads small pictures, again when they come later than their row. */
export class Thumbnails {
  readonly #db: Database
  readonly #waiting = new Map<string, () => void>()

  constructor(db: Database, bus: Bus) {
    this.#db = db
    bus.listen((message) => {
      if (message.kind === 'changed') for (const id of message.ids) this.#waiting.get(id)?.()
    })
  }

  /** @returns how to stop, which also frees the picture */
  watch(id: string, onUrl: (url: string) => void): () => void {
    let stopped = false
    let shown: string | null = null
    const read = async () => {
      const url = shown === null ? await thumbnailUrl(this.#db, id) : null
      if (url === null) return
      if (stopped || shown !== null) return URL.revokeObjectURL(url)
      shown = url
      this.#waiting.delete(id)
      onUrl(url)
    }
    this.#waiting.set(id, () => void read())
    void read()
    return () => {
      stopped = true
      this.#waiting.delete(id)
      if (shown !== null) URL.revokeObjectURL(shown)
    }
  }
}

/** The small picture of an upload, else a sign of its kind. Says nothing: the name is beside it. */
export function Thumbnail({ id, type }: { readonly id: string; readonly type: string }) {
  const { thumbnails } = useUi()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => thumbnails.watch(id, setUrl), [id, thumbnails])
  return (
    <span class="thumbnail">
      {url === null ? <KindIcon kind={fileKind(type)} /> : <img src={url} alt="" decoding="async" />}
    </span>
  )
}
