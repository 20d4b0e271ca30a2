import { createCipheriv, createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Download } from '@playwright/test'

const PIECE = 4 << 20

/** A file for a person to choose. */
export interface SampleFile {
  readonly path: string
  readonly name: string
  readonly length: number
  readonly sha256: string
}

/** Writes a file of pseudo-random bytes: the same for the same name, and nothing that compresses. */
export async function sampleFile(directory: string, name: string, length: number): Promise<SampleFile> {
  const path = join(directory, name)
  const key = createHash('sha256').update(name).digest()
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  try {
    for (let left = length; left > 0; left -= PIECE) {
      const piece = stream.update(Buffer.alloc(Math.min(PIECE, left)))
      hash.update(piece)
      await file.write(piece)
    }
  } finally {
    await file.close()
  }
  return { path, name, length, sha256: hash.digest('hex') }
}

/** The SHA-256 of what comes, in hexadecimal digits. */
export async function sha256(bytes: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of bytes) hash.update(piece)
  return hash.digest('hex')
}

/** The same of a file that the browser saves. */
export async function downloadedSha256(download: Download): Promise<string> {
  return await sha256(Readable.toWeb(await download.createReadStream()) as ReadableStream<Uint8Array>)
}
