/** How much room this browser uses and offers; null where it does not tell. */
export interface Room {
  readonly used: number
  readonly quota: number
}

export async function roomOf(): Promise<Room | null> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  return usage === undefined || quota === undefined ? null : { used: usage, quota }
}

/** Whether the browser has promised not to clear the files; null where it cannot. */
export async function areProtected(): Promise<boolean | null> {
  return (await navigator.storage?.persisted?.()) ?? null
}

/** Asks the browser not to clear the files when the disk gets full. @returns whether it promises */
export async function protectFiles(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}
