import type { ChosenFile } from '../../core/queue.ts'
import type { Taken } from './transfer.ts'

interface LaunchParams {
  readonly files?: readonly FileSystemHandle[]
}

/** What the browser starts an installed page with; TypeScript does not know it. */
interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void
}

/** Takes the files that the operating system opens with the installed page. */
export function takeLaunches(target: Window, onTaken: (taken: Taken) => void): void {
  const { launchQueue } = target as { readonly launchQueue?: LaunchQueue }
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void readAll(files).then(onTaken)
  })
}

async function readAll(handles: readonly FileSystemHandle[]): Promise<Taken> {
  const files: ChosenFile[] = []
  const unreadable: string[] = []
  for (const handle of handles) {
    if (!isFile(handle)) continue
    try {
      files.push({ file: await handle.getFile(), path: handle.name })
    } catch {
      unreadable.push(handle.name)
    }
  }
  return { files, unreadable }
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}
