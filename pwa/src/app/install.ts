import { type ReadonlySignal, signal } from '@preact/signals'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

/** Offers to install the page, where and when the browser would. The value asks the person. */
export function watchInstall(target: Window): ReadonlySignal<(() => void) | null> {
  const install = signal<(() => void) | null>(null)
  target.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    install.value = () => {
      install.value = null
      void (event as InstallPrompt).prompt()
    }
  })
  target.addEventListener('appinstalled', () => {
    install.value = null
  })
  return install
}
