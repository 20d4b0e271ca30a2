import { useState } from 'preact/hooks'
import type { Entry } from '../../core/upload.ts'
import { type Group, shownUploads } from './groups.ts'
import { Sign } from './icons.tsx'
import { useWords } from './ui.ts'
import { UploadRow } from './upload-row.tsx'

const AT_FIRST = 100

/** One post: what was said, and its files. */
export function EntryCard({ group }: { readonly group: Group }) {
  const words = useWords()
  const [limit, setLimit] = useState(AT_FIRST)
  const shown = shownUploads(group.uploads, limit)
  const hidden = group.uploads.length - shown.length
  return (
    <article class="card entry" aria-labelledby={`entry-${group.id}`}>
      <EntryHead group={group} />
      <ul class="rows">
        {shown.map((upload) => (
          <UploadRow key={upload.id} id={upload.id} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" class="button quiet show-more" onClick={() => setLimit(limit + AT_FIRST * 5)}>
          {words.text('showMore', { count: hidden })}
        </button>
      )}
    </article>
  )
}

/** A single file that nothing was said about needs no heading to be seen: its row says all. */
function EntryHead({ group }: { readonly group: Group }) {
  const words = useWords()
  const { entry } = group
  const files = words.text('entryFiles', { count: group.uploads.length })
  const title = entry?.title ?? ''
  const plain = title === '' && entry?.note === '' && entry.place === null && group.uploads.length === 1
  return (
    <header class={plain ? 'visually-hidden' : 'entry-head'}>
      <h3 id={`entry-${group.id}`} dir="auto">
        {title === '' ? files : title}
      </h3>
      <p class="entry-meta">
        {title !== '' && <span>{files}</span>}
        <time dateTime={new Date(group.addedAt).toISOString()}>{words.time(group.addedAt)}</time>
        {entry?.place != null && <Place place={entry.place} />}
      </p>
      {entry !== undefined && entry.note !== '' && (
        <p class="entry-note" dir="auto">
          {entry.note}
        </p>
      )}
    </header>
  )
}

/** A place in degrees. */
export function Place({ place }: { readonly place: NonNullable<Entry['place']> }) {
  const words = useWords()
  return (
    <span class="place">
      <Sign name="place" />
      <span class="visually-hidden">{words.text('place')}</span>
      {words.degrees(place.latitude)}, {words.degrees(place.longitude)}
    </span>
  )
}
