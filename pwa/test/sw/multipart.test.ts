import { describe, expect, it } from 'vitest'
import { partsOf } from '../../src/sw/multipart.ts'

const TYPE = 'multipart/form-data; boundary=----xyz'
const FORM = [
  '------xyz\r\nContent-Disposition: form-data; name="title"\r\n\r\nGrüße\r\n',
  '------xyz\r\nContent-Disposition: form-data; name="files"; filename="a%22b.txt"\r\n',
  'Content-Type: text/plain\r\n\r\none\r\n------xy two\r\n\r\n',
  '------xyz\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n',
  '------xyz--\r\n',
].join('')

const PARTS = [
  ['title', null, '', 'Grüße'],
  ['files', 'a"b.txt', 'text/plain', 'one\r\n------xy two\r\n'],
  ['files', '', '', ''],
]

/** What Chromium makes of these names in the head of a part, seen on the wire: most are left as they are. */
const NAMES = [
  ['Отчёт за май.pdf', 'Отчёт за май.pdf'],
  ['写真.jpg', '写真.jpg'],
  ['ends\\', 'ends\\'],
  ['tab\t.txt', 'tab\t.txt'],
  ['bell\u0007.txt', 'bell\u0007.txt'],
  ['q%22q.txt', 'q"q.txt'],
  ['100%25.txt', '100%25.txt'],
]

function streamOfPieces(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}

/** A body that comes in pieces of so many bytes. */
function streamOf(text: string, step: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const count = Math.ceil(bytes.length / step)
  return streamOfPieces(Array.from({ length: count }, (_, at) => bytes.slice(at * step, (at + 1) * step)))
}

async function read(text: string, step: number, type = TYPE): Promise<readonly unknown[]> {
  return await readAll(streamOf(text, step), type)
}

async function readAll(stream: ReadableStream<Uint8Array>, type = TYPE): Promise<readonly unknown[]> {
  const parts: unknown[] = []
  for await (const { name, filename, type: own, bytes } of partsOf(stream, type)) {
    const decoder = new TextDecoder()
    let body = ''
    for await (const piece of bytes) body += decoder.decode(piece, { stream: true })
    parts.push([name, filename, own, body])
  }
  return parts
}

/** A form with one file, whose next piece comes whenever it is asked for. */
class EndlessFile {
  static readonly PIECE = 65_536
  readonly stream = new ReadableStream<Uint8Array>({ pull: (to) => this.#next(to) }, { highWaterMark: 0 })
  taken = 0
  read = 0
  #begun = false

  #next(to: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#begun) this.taken += EndlessFile.PIECE
    const head = '------xyz\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    to.enqueue(this.#begun ? new Uint8Array(EndlessFile.PIECE) : new TextEncoder().encode(head))
    this.#begun = true
  }
}

describe('the parts of a form', () => {
  for (const step of [1, 2, 3, 7, 64, 10_000]) {
    it(`are the same however the body is cut: ${step}`, async () => {
      expect(await read(FORM, step)).toEqual(PARTS)
    })
  }

  it('are the same wherever the body is cut in two', async () => {
    const bytes = new TextEncoder().encode(FORM)
    for (let cut = 1; cut < bytes.length; cut++) {
      const pieces = [bytes.slice(0, cut), bytes.slice(cut)]
      expect(await readAll(streamOfPieces(pieces)), `cut at ${cut}`).toEqual(PARTS)
    }
  })

  it.each(NAMES)('have their names as browsers send them: %j', async (sent, name) => {
    const head = `Content-Disposition: form-data; name="files"; filename="${sent}"`
    const form = `------xyz\r\n${head}\r\nContent-Type: text/plain\r\n\r\nbody\r\n------xyz--\r\n`
    expect(await read(form, 9)).toEqual([['files', name, 'text/plain', 'body']])
  })

  it('are taken from the body no faster than they are read', async () => {
    const body = new EndlessFile()
    for await (const { bytes } of partsOf(body.stream, TYPE)) {
      for await (const piece of bytes) {
        body.read += piece.length
        // Whoever reads ahead gets a turn to do so.
        await new Promise((resolve) => setTimeout(resolve))
        expect(body.taken - body.read).toBeLessThan(2 * EndlessFile.PIECE)
        if (body.read > 100 * EndlessFile.PIECE) return
      }
    }
    expect.unreachable('the body has no end')
  })

  it('come although those before were not read', async () => {
    const names: string[] = []
    for await (const { name } of partsOf(streamOf(FORM, 5), TYPE)) names.push(name)
    expect(names).toEqual(['title', 'files', 'files'])
  })

  it('fail when the form breaks off, has no delimiter, or heads without an end', async () => {
    for (let length = 0; length < FORM.length; length++) {
      await expect(read(FORM.slice(0, length), 9), `${length}`).rejects.toThrow('too early')
    }
    await expect(read('nothing of it', 9)).rejects.toThrow()
    await expect(read(FORM, 9, 'text/plain')).rejects.toThrow('no form')
    await expect(read(`------xyz\r\n${'a'.repeat(20_000)}`, 999)).rejects.toThrow('more than')
  })
})
