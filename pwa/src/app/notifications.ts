import { effect } from '@preact/signals'
import { showBadge } from '../core/badge.ts'
import { showNotice } from '../core/notices.ts'
import { SettledCount } from '../core/settled.ts'
import type { Model } from './model.ts'

/** Asks the person whether the page may notify; only a gesture makes browsers ask. */
export async function askForNotifications(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted'
}

/** Whether this browser can show notifications at all. */
export function canNotify(): boolean {
  return 'Notification' in self && 'serviceWorker' in navigator
}

/** Shows what is still to arrive at the app's icon, and what has arrived while nobody looked. */
export function reportOutside(model: Model): void {
  let count: SettledCount | null = null
  effect(() => {
    if (!model.ready.value) return
    const uploads = model.uploads.value
    void showBadge(uploads.filter((upload) => upload.state.kind !== 'complete').length)
    count ??= new SettledCount(uploads)
    if (document.visibilityState === 'visible') count.since(uploads)
    else if (isQuiet(model)) void notify(model, count.since(uploads))
  })
}

/** Between two files of a batch nothing is said. */
function isQuiet(model: Model): boolean {
  return model.active.value.size === 0
}

async function notify(model: Model, settled: Parameters<typeof showNotice>[2]): Promise<void> {
  const { notifications, language } = model.settings.peek()
  if (!notifications || !canNotify() || Notification.permission !== 'granted') return
  await showNotice(await navigator.serviceWorker.ready, language, settled)
}
