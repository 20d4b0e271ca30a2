/// <reference lib="webworker" />
import { showBadge } from '../core/badge.ts'
import { showNotice } from '../core/notices.ts'
import type { Sender } from '../core/sender.ts'
import { SettledCount } from '../core/settled.ts'
import { pageWindows, showPage } from './windows.ts'

declare const self: ServiceWorkerGlobalScope

/** Does background work, and tells a person who sees no page what has come of it. */
export async function withNotice(sender: Sender, work: () => Promise<void>): Promise<void> {
  const count = new SettledCount(await sender.queue.all())
  try {
    await work()
  } finally {
    const uploads = await sender.queue.all()
    await showBadge(uploads.filter((upload) => upload.state.kind !== 'complete').length)
    if (await mayNotify(sender)) {
      await showNotice(self.registration, sender.settings.language, count.since(uploads))
    }
  }
}

async function mayNotify(sender: Sender): Promise<boolean> {
  await sender.prepare()
  if (!sender.settings.notifications || Notification.permission !== 'granted') return false
  const windows = await pageWindows(self.clients)
  return windows.every((window) => window.visibilityState !== 'visible')
}

/** Leads to the page when a notification is clicked. */
export async function onNotificationClick(event: NotificationEvent): Promise<void> {
  event.notification.close()
  await showPage(self.clients)
}
