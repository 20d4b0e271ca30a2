/** What is used of Background Sync, which TypeScript does not know. */
interface SyncRegistration {
  readonly sync?: { readonly register: (tag: string) => Promise<void> }
}

/**
 * Asks the browser for a sync event when there is a network.
 *
 * @returns false when the browser has none, or does not allow it: in a service worker without a window,
 *   or when the person has switched it off
 */
export async function registerSync(registration: object, tag: string): Promise<boolean> {
  const { sync } = registration as SyncRegistration
  if (sync === undefined) return false
  try {
    await sync.register(tag)
    return true
  } catch {
    return false
  }
}
