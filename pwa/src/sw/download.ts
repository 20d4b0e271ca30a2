/// <reference lib="webworker" />
import { savedAs } from '../core/downloads.ts'
import { contentOf } from '../core/kept.ts'
import type { Sender } from '../core/sender.ts'

/**
 * Answers with a complete upload for the browser to save. The bytes flow through: a link of the page
 * cannot bring the token that a server may want.
 */
export async function downloaded(id: string, sender: Sender): Promise<Response> {
  const upload = await sender.queue.get(id)
  if (upload === undefined || upload.url === null) return nothing()
  await sender.prepare()
  const answer = await contentOf(upload.url, sender.credentials(upload.url)).catch(nothing)
  if (answer.status !== 200) return nothing()
  const headers = new Headers({ 'Content-Disposition': savedAs(upload.name) })
  for (const name of ['Content-Type', 'Content-Length']) {
    const value = answer.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(answer.body, { headers })
}

/** Leaves the browser where it is: the page has asked before, and tells what is wrong. */
function nothing(): Response {
  return new Response(null, { status: 204 })
}
