import type { Database } from '../core/db.ts'
import { NoRoom } from '../core/queue.ts'
import { type KeptFile, type Share, Shares } from '../core/shares.ts'
import { storePieces } from '../core/stored-bytes.ts'
import type { Part } from './multipart.ts'

const MOST_FILES = 1_000
const MOST_NAME = 255
const MOST_TEXT_BYTES = 65_536
/** As the fields of the draft have it. */
const MOST_TITLE = 200
const MOST_NOTE = 2_000

/** More than is taken from elsewhere at once. */
export class TooMuch extends Error {}

/** Takes in one share, part by part; the record names each file before its first byte is stored. */
export class Receiving {
  readonly #db: Database
  readonly #shares: Shares
  readonly #texts = new Map<string, string>()
  #share: Share
  #room: number
  #unreadable = 0

  /** @param room so many bytes may be stored */
  constructor(db: Database, share: Share, room: number) {
    this.#db = db
    this.#shares = new Shares(db)
    this.#share = share
    this.#room = room
  }

  /** Files that came without their bytes. */
  get unreadable(): number {
    return this.#unreadable
  }

  /** @throws NoRoom, or TooMuch, and then the share is to be discarded */
  async take({ name, filename, type, bytes }: Part): Promise<void> {
    if (filename !== null && name === 'files') await this.#takeFile(filename, type, bytes)
    else if (filename === null) this.#texts.set(name, await textOf(bytes))
  }

  /** @returns false when nothing was shared, and nothing is kept */
  async end(): Promise<boolean> {
    const said = (name: string) => this.#texts.get(name) ?? ''
    const title = said('title').slice(0, MOST_TITLE)
    const notes = [said('text'), said('url')].filter((text) => text !== '')
    const note = notes.join('\n').slice(0, MOST_NOTE)
    if (this.#share.files.length === 0 && title === '' && note === '') {
      await this.#shares.discard(this.#share.id)
      return false
    }
    await this.#shares.keep({ ...this.#share, arriving: false, title, note })
    return true
  }

  async #takeFile(filename: string, type: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { files } = this.#share
    if (files.length >= MOST_FILES) throw new TooMuch(`more than ${MOST_FILES} files`)
    const name = nameOf(filename)
    const file: KeptFile = {
      id: crypto.randomUUID(),
      name,
      type: typeOf(type),
      length: 0,
      modifiedAt: Date.now(),
    }
    await this.#name([...files, file])
    const length = await storePieces(this.#db, file.id, this.#counted(bytes))
    if (length > 0) return await this.#name([...files, { ...file, length }])
    // A form without a chosen file sends one that has neither name nor bytes.
    if (filename !== '') this.#unreadable++
    await this.#name(files)
  }

  async #name(files: readonly KeptFile[]): Promise<void> {
    this.#share = { ...this.#share, files }
    await this.#shares.keep(this.#share)
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.#room -= piece.length
      if (this.#room < 0) throw new NoRoom('the browser has no room for what is shared')
      yield piece
    }
  }
}

/** The beginning, when it is longer than any text that is shared. */
async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for await (const piece of bytes) {
    text += decoder.decode(piece.subarray(0, Math.max(0, MOST_TEXT_BYTES - length)), { stream: true })
    length += piece.length
  }
  return text.trim()
}

/** Without folders and characters that cannot be seen. */
function nameOf(filename: string): string {
  const last = filename.split(/[\\/]/).at(-1) ?? ''
  const name = last.replace(/\p{Cc}/gu, '_').trim()
  return name === '' ? 'shared' : name.slice(-MOST_NAME)
}

function typeOf(type: string): string {
  return /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : ''
}
