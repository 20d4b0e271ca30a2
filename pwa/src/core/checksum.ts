import { base64 } from './tus.ts'

/** The value of Upload-Checksum. */
export async function checksumOf(body: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await body.arrayBuffer())
  return `sha256 ${base64(new Uint8Array(hash))}`
}
