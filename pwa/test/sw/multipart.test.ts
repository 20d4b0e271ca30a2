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

/** A body that comes in pieces of so many bytes. */
function streamOf(text: string, step: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.slice(at, at + step))
      controller.close()
    },
  })
}

async function read(text: string, step: number, type = TYPE): Promise<readonly unknown[]> {
  const parts: unknown[] = []
  for await (const { name, filename, type: own, bytes } of partsOf(streamOf(text, step), type)) {
    const decoder = new TextDecoder()
    let body = ''
    for await (const piece of bytes) body += decoder.decode(piece, { stream: true })
    parts.push([name, filename, own, body])
  }
  return parts
}

describe('the parts of a form', () => {
  for (const step of [1, 2, 3, 7, 64, 10_000]) {
    it(`are the same however the body is cut: ${step}`, async () => {
      expect(await read(FORM, step)).toEqual([
        ['title', null, '', 'Grüße'],
        ['files', 'a"b.txt', 'text/plain', 'one\r\n------xy two\r\n'],
        ['files', '', '', ''],
      ])
    })
  }

  it('come although those before were not read', async () => {
    const names: string[] = []
    for await (const { name } of partsOf(streamOf(FORM, 5), TYPE)) names.push(name)
    expect(names).toEqual(['title', 'files', 'files'])
  })

  it('fail when the form breaks off, has no delimiter, or heads without an end', async () => {
    await expect(read(FORM.slice(0, -20), 9)).rejects.toThrow('too early')
    await expect(read('nothing of it', 9)).rejects.toThrow()
    await expect(read(FORM, 9, 'text/plain')).rejects.toThrow('no form')
    await expect(read(`------xyz\r\n${'a'.repeat(20_000)}`, 999)).rejects.toThrow('more than')
  })
})
