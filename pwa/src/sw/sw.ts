/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { Bus } from '../core/bus.ts'
import { type Database, openDatabase } from '../core/db.ts'
import { downloadedUploadOf } from '../core/downloads.ts'
import { Drain } from '../core/drain.ts'
import { soonFree } from '../core/locks.ts'
import { Sender } from '../core/sender.ts'
import { fetchTransport } from '../core/transport.ts'
import { onTransferEnd, type TransferEvent } from './background-fetch.ts'
import { downloaded } from './download.ts'
import { keptOrFetched, onKeepEnd } from './kept.ts'
import { onNotificationClick, withNotice } from './notify.ts'
import { acceptShare } from './share.ts'
import { BackgroundWork, onSync } from './sync.ts'
import { NOT_THE_PAGE } from './windows.ts'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[]
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

interface Parts {
  readonly db: Database
  readonly sender: Sender
  readonly work: BackgroundWork
}

let parts: Promise<Parts> | null = null

/** Opened when an event needs it; again when it could not be opened. */
function open(): Promise<Parts> {
  parts ??= assemble().catch((failure: unknown) => {
    parts = null
    throw failure
  })
  return parts
}

async function senderOf(): Promise<Sender> {
  return (await open()).sender
}

async function assemble(): Promise<Parts> {
  const db = await openDatabase(() => {
    parts = null
  })
  const sender = new Sender(db, new Bus(), fetchTransport)
  return { db, sender, work: new BackgroundWork(sender.queue, new Drain(sender, soonFree)) }
}

// The page's own files, whatever the network does. Uploads are never answered from here.
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_THE_PAGE }))

function on(type: string, handle: (event: ExtendableEvent) => Promise<void>): void {
  self.addEventListener(type, (event) => {
    const extendable = event as ExtendableEvent
    extendable.waitUntil(handle(extendable))
  })
}

on('activate', async () => await self.clients.claim())

on('sync', async (event) => {
  const { sender, work } = await open()
  await withNotice(sender, () => onSync(work, self.registration, (event as SyncEvent).tag))
})

for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort']) {
  on(type, async (event) => {
    const { sender, work } = await open()
    const { registration } = event as TransferEvent
    await onKeepEnd(type, registration, sender)
    await withNotice(sender, () => onTransferEnd(event as TransferEvent, sender, work))
  })
}

on('notificationclick', async (event) => await onNotificationClick(event as NotificationEvent))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  if (request.method === 'POST' && pathname === '/share') {
    event.respondWith(open().then(({ db }) => acceptShare(request, db)))
    return
  }
  if (request.method !== 'GET') return
  const wanted = downloadedUploadOf(pathname)
  if (wanted !== null) event.respondWith(senderOf().then((sender) => downloaded(wanted, sender)))
  else if (pathname.startsWith('/files/')) {
    event.respondWith(keptOrFetched(request, senderOf()))
  }
})

self.addEventListener('message', (event) => {
  // The page sends this only when nothing is being sent: see its update.ts.
  if (event.data === 'skip-waiting') event.waitUntil(self.skipWaiting())
  else if (event.data === 'let-go') event.waitUntil(Promise.resolve(parts).then((open) => open?.work.letGo()))
})
