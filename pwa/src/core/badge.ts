interface Badged {
  readonly setAppBadge?: (count: number) => Promise<void>
}

/** Shows at the installed app's icon how many files are still to arrive; zero takes the number away. */
export async function showBadge(count: number): Promise<void> {
  try {
    await (navigator as Badged).setAppBadge?.(count)
  } catch {
    // Not installed, or not allowed.
  }
}
