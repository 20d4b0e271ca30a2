import { type BackgroundFetch, uploadOf } from '../core/background-fetch.ts'
import { ifFree } from '../core/locks.ts'
import type { Sender } from '../core/sender.ts'
import { send } from '../core/sending.ts'
import { type BackgroundWork, BUDGET_MS } from './sync.ts'

/** One of backgroundfetchsuccess, backgroundfetchfail and backgroundfetchabort. */
export interface TransferEvent extends ExtendableEvent {
  readonly registration: BackgroundFetch
}

/**
 * Goes on when the browser's own transfer has ended, well or not: asks the server what it has, and sends
 * the rest as usual. A person who stops the transfer in the browser's own list has paused the upload.
 */
export async function onTransferEnd(
  event: TransferEvent,
  sender: Sender,
  work: BackgroundWork,
): Promise<void> {
  const id = uploadOf(event.registration.id)
  if (id === null) return
  sender.bus.post({ kind: 'sending', id, active: false })
  if (event.type === 'backgroundfetchabort') {
    await sender.queue.apply(id, { kind: 'paused' })
    sender.bus.post({ kind: 'changed', ids: [id] })
    return
  }
  if (await sender.prepare()) {
    const budget = AbortSignal.timeout(BUDGET_MS)
    await ifFree(id, async () => void (await send(id, sender, budget)))
  }
  sender.bus.post({ kind: 'wake' })
  await work.run()
}
