/// <reference lib="webworker" />
import { type BackgroundFetch, keptRecordOf } from '../core/background-fetch.ts'
import { keep, keptAnswer, keptUploadOf } from '../core/kept.ts'
import type { Sender } from '../core/sender.ts'

/** Keeps what the browser has fetched; a transfer that has failed leaves nothing. */
export async function onKeepEnd(type: string, transfer: BackgroundFetch, sender: Sender): Promise<void> {
  const id = keptUploadOf(transfer.id)
  if (id === null) return
  try {
    // One that was taken off the list meanwhile is not wanted any more.
    if (type === 'backgroundfetchsuccess' && (await sender.queue.get(id)) !== undefined) {
      const { request, responseReady } = await keptRecordOf(transfer)
      await keep(request.url, await responseReady)
    }
  } finally {
    sender.bus.post({ kind: 'kept', id })
  }
}

/**
 * What is kept is answered from here, with or without a network: complete uploads do not change. The
 * rest is asked for with the person's token, which a link cannot bring.
 */
export async function keptOrFetched(request: Request, sender: Promise<Sender>): Promise<Response> {
  return (await keptAnswer(request)) ?? (await fetch(await signed(request, sender)))
}

async function signed(request: Request, opened: Promise<Sender>): Promise<Request> {
  if (request.headers.has('Authorization')) return request
  const credentials = Object.entries(await credentialsOf(request.url, opened))
  if (credentials.length === 0) return request
  return new Request(request, { headers: [...request.headers, ...credentials] as [string, string][] })
}

/** A link must work without a database too. */
async function credentialsOf(
  url: string,
  opened: Promise<Sender>,
): Promise<Readonly<Record<string, string>>> {
  try {
    const sender = await opened
    await sender.prepare()
    return sender.credentials(url)
  } catch {
    return {}
  }
}
