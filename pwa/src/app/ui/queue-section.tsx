import { useComputed } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { EntryCard } from './entry-card.tsx'
import { keepFocus } from './focus-keeper.ts'
import { type Group, shownGroups } from './groups.ts'
import { TotalCard } from './total-card.tsx'
import { attempt, useUi, useWords } from './ui.ts'

/** Uploads, not posts: their rows are what takes time. */
const AT_FIRST = 200

/** Everything that was sent or is to be sent, by post. */
export function QueueSection() {
  const { queue } = useUi()
  const words = useWords()
  const root = useRef<HTMLElement>(null)
  useLayoutEffect(() => (root.current === null ? undefined : keepFocus(root.current)), [])
  const onTheWay = useComputed(() => queue.groups.value.onTheWay).value
  const arrived = useComputed(() => queue.groups.value.arrived).value
  return (
    <section ref={root} id="queue" class="queue" tabIndex={-1} aria-label={words.text('uploads')}>
      {onTheWay.length > 0 && (
        <>
          <TotalCard />
          <h2 class="visually-hidden">{words.text('onTheWay')}</h2>
          <Cards groups={onTheWay} />
        </>
      )}
      {arrived.length > 0 && (
        <>
          <ArrivedHead groups={arrived} />
          <Cards groups={arrived} />
        </>
      )}
    </section>
  )
}

function ArrivedHead({ groups }: { readonly groups: readonly Group[] }) {
  const ui = useUi()
  const words = useWords()
  const ids = groups.flatMap((group) => group.uploads.map((upload) => upload.id))
  return (
    <div class="queue-head">
      <h2>{words.text('arrived')}</h2>
      <button
        type="button"
        class="button quiet small"
        data-action="forget-all"
        onClick={() => void attempt(ui, () => ui.actions.forget(ids))}
      >
        {words.text('forgetAll')}
      </button>
    </div>
  )
}

function Cards({ groups }: { readonly groups: readonly Group[] }) {
  const { model } = useUi()
  const words = useWords()
  const [limit, setLimit] = useState(AT_FIRST)
  const shown = shownGroups(groups, limit, model.active.value)
  const hidden = countOf(groups) - countOf(shown)
  return (
    <>
      {shown.map((group) => (
        <EntryCard key={group.id} group={group} />
      ))}
      {hidden > 0 && (
        <button type="button" class="button quiet show-more" onClick={() => setLimit(limit + AT_FIRST * 5)}>
          {words.text('showMore', { count: hidden })}
        </button>
      )}
    </>
  )
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((count, group) => count + group.uploads.length, 0)
}
