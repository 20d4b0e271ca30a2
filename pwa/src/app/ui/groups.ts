import type { Entry, Upload } from '../../core/upload.ts'

/** The uploads of one post. */
export interface Group {
  readonly id: string
  readonly entry: Entry | undefined
  readonly uploads: readonly Upload[]
  readonly addedAt: number
}

export interface Groups {
  /** Posts with something that has not arrived, the newest first. */
  readonly onTheWay: readonly Group[]
  readonly arrived: readonly Group[]
}

/** Puts uploads to their posts. */
export function groupsOf(uploads: readonly Upload[], entries: ReadonlyMap<string, Entry>): Groups {
  const byEntry = new Map<string, Upload[]>()
  for (const upload of uploads) {
    const known = byEntry.get(upload.entryId)
    if (known === undefined) byEntry.set(upload.entryId, [upload])
    else known.push(upload)
  }
  const groups = [...byEntry]
    .map(([id, own]) => ({ id, entry: entries.get(id), uploads: own, addedAt: own[0]?.addedAt ?? 0 }))
    .sort((one, other) => other.addedAt - one.addedAt)
  return {
    onTheWay: groups.filter((group) => !isArrived(group)),
    arrived: groups.filter(isArrived),
  }
}

/**
 * The rows of a group that are shown. While they are few, all in their order; of many, those that have
 * not arrived come first, so that what moves is in sight.
 */
export function shownUploads(uploads: readonly Upload[], limit: number): readonly Upload[] {
  if (uploads.length <= limit) return uploads
  const left = uploads.filter((upload) => upload.state.kind !== 'complete')
  const complete = uploads.filter((upload) => upload.state.kind === 'complete')
  return [...left, ...complete].slice(0, limit)
}

/**
 * The groups that are shown: as many as hold so many uploads together, at least one, and each that
 * something is being sent of.
 */
export function shownGroups(
  groups: readonly Group[],
  most: number,
  active: ReadonlySet<string>,
): readonly Group[] {
  let before = 0
  return groups.filter((group) => {
    const shown = before < most || group.uploads.some((upload) => active.has(upload.id))
    before += group.uploads.length
    return shown
  })
}

function isArrived(group: Group): boolean {
  return group.uploads.every((upload) => upload.state.kind === 'complete')
}
