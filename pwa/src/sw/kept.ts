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

/** What is kept is answered from here, with or without a network: complete uploads do not change. */
export async function keptOrFetched(request: Request): Promise<Response> {
  return (await keptAnswer(request)) ?? (await fetch(request))
}
