const MOST_HEADER_BYTES = 16_384
const CRLF = new Uint8Array([13, 10])
const HEADERS_END = new Uint8Array([13, 10, 13, 10])

/** One part of a form (RFC 7578). What is not read of its bytes is gone when the next part comes. */
export interface Part {
  readonly name: string
  /** Null when it is no file. */
  readonly filename: string | null
  readonly type: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/**
 * Reads a form as it comes: `formData()` would have all of its files in memory, and gives those of more
 * than about 500 MB as empty ones.
 *
 * @throws Error when it is no such form, or ends too early
 */
export async function* partsOf(
  body: ReadableStream<Uint8Array>,
  contentType: string | null,
): AsyncGenerator<Part> {
  const delimiter = delimiterIn(contentType)
  const reader = new PieceReader(body)
  try {
    await reader.take(delimiter, 0)
    while ((await reader.text(CRLF, MOST_HEADER_BYTES)) === '') {
      const head = await reader.text(HEADERS_END, MOST_HEADER_BYTES)
      const bytes = reader.upTo(delimiter)
      yield { ...headersOf(head), bytes }
      while (!(await bytes.next()).done);
    }
  } finally {
    await reader.close()
  }
}

function delimiterIn(contentType: string | null): Uint8Array {
  const boundary = /^multipart\/form-data;.*boundary="?([^";,]{1,200})"?/i.exec(contentType ?? '')?.[1]
  if (boundary === undefined) throw new Error(`no form: ${contentType}`)
  return new TextEncoder().encode(`\r\n--${boundary}`)
}

function headersOf(head: string): Omit<Part, 'bytes'> {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? ''
  const filename = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1]
  return {
    name: unescaped(/;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? ''),
    filename: filename === undefined ? null : unescaped(filename),
    type: /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? '',
  }
}

/** Browsers escape these three and nothing else. */
function unescaped(text: string): string {
  return text.replace(/%0[ad]/gi, ' ').replace(/%22/g, '"')
}

/** Hands out the bytes of a stream up to what is looked for, and never more than a piece of them at once. */
class PieceReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  // So that the first delimiter, which begins the form, has a line end before it too.
  #known: Uint8Array = CRLF

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
  }

  /** What comes before the mark; the mark itself is left out. */
  async *upTo(mark: Uint8Array): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = indexOf(this.#known, mark)
      const before = at ?? Math.max(0, this.#known.length - mark.length + 1)
      const piece = this.#known.subarray(0, before)
      this.#known = this.#known.subarray(before + (at === null ? 0 : mark.length))
      if (piece.length > 0) yield piece
      if (at !== null) return
      await this.#fill()
    }
  }

  /** The same, all at once. @throws Error when it is more than so many bytes */
  async take(mark: Uint8Array, most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of this.upTo(mark)) {
      length += piece.length
      if (length > most) throw new Error(`more than ${most} bytes before a mark of the form`)
      pieces.push(piece)
    }
    return joined(pieces, length)
  }

  async text(mark: Uint8Array, most: number): Promise<string> {
    return new TextDecoder().decode(await this.take(mark, most))
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined)
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#reader.read()
    if (done) throw new Error('the form ends too early')
    this.#known = joined([this.#known, value], this.#known.length + value.length)
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function indexOf(bytes: Uint8Array, mark: Uint8Array): number | null {
  const [first = 0] = mark
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + mark.length > bytes.length) return null
    if (bytes[at + 1] === mark[1] && mark.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return null
}
