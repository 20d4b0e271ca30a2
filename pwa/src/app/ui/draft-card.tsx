import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { NoRoom } from '../../core/queue.ts'
import { ShareGone } from '../../core/shares.ts'
import { type DraftItem, keyOfItem, lengthOf } from './draft.ts'
import { FileName } from './file-name.tsx'
import { KindIcon, Sign } from './icons.tsx'
import { PlaceField } from './place-field.tsx'
import { savedText, sayNoRoom } from './reports.ts'
import { Thumbnail } from './thumbnail.tsx'
import { attempt, type Ui, useUi, useWords } from './ui.ts'
import { fileKind } from './upload-view.ts'

const SHOWN = 50

/** What was chosen, before it is sent: files, and what a person wants to say with them. */
export function DraftCard() {
  const ui = useUi()
  const words = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const [saving, setSaving] = useState(false)
  useLayoutEffect(() => heading.current?.focus(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (saving || isEmpty) return
    setSaving(true)
    await attempt(ui, () => send(ui))
    setSaving(false)
  }
  const items = ui.draft.items.value
  const isEmpty = items.length === 0
  return (
    <form class="card draft" data-draft onSubmit={submit}>
      <header class="draft-head">
        <h2 ref={heading} tabIndex={-1}>
          {words.text('draft')}
        </h2>
        <DraftSummary />
      </header>
      {!isEmpty && <DraftFiles items={items} />}
      <DraftFields />
      <div class="draft-actions">
        <button
          type="button"
          class="button quiet"
          data-action="discard"
          onClick={() => void attempt(ui, () => discard(ui))}
        >
          {words.text('discard')}
        </button>
        <button type="submit" class="button primary" data-action="send" aria-disabled={saving || isEmpty}>
          <Sign name="sending" />
          <span>{words.text(saving ? 'saving' : 'send')}</span>
        </button>
      </div>
    </form>
  )
}

/** How much it is, and what to know before it is sent. */
function DraftSummary() {
  const { draft, shared } = useUi()
  const words = useWords()
  const count = draft.items.value.length
  const more = shared.more.value
  const isShared = draft.share.value !== null
  return (
    <>
      {count > 0 && (
        <p class="hint">{words.text('draftFiles', { count, bytes: words.bytes(draft.length.value) })}</p>
      )}
      {isShared && <p class="draft-source">{words.text('draftShared')}</p>}
      {isShared && more > 0 && <p class="hint">{words.text('draftSharedMore', { count: more })}</p>}
      {count === 0 && (
        <p class="draft-needs" role="status">
          {words.text('draftNeedsFile')}
        </p>
      )}
    </>
  )
}

function DraftFiles({ items }: { readonly items: readonly DraftItem[] }) {
  const words = useWords()
  const hidden = items.length - SHOWN
  return (
    <ul class="draft-files">
      {items.slice(0, SHOWN).map((item) => (
        <DraftFile key={keyOfItem(item)} item={item} />
      ))}
      {hidden > 0 && <li class="hint">{words.text('draftMore', { count: hidden })}</li>}
    </ul>
  )
}

function DraftFile({ item }: { readonly item: DraftItem }) {
  const ui = useUi()
  const words = useWords()
  const name = item.kind === 'chosen' ? item.chosen.path : item.file.name
  const type = item.kind === 'chosen' ? item.chosen.file.type : item.file.type
  const remove = (button: HTMLElement) => {
    const row = button.closest('li')
    const next = row?.nextElementSibling ?? row?.previousElementSibling
    next?.querySelector('button')?.focus()
    void attempt(ui, () => removeItem(ui, item))
  }
  return (
    <li class="draft-file">
      {item.kind === 'kept' ? (
        <Thumbnail id={item.file.id} type={type} />
      ) : (
        <KindIcon kind={fileKind(type)} />
      )}
      <FileName name={name} />
      <span class="row-size">{words.bytes(lengthOf(item))}</span>
      <button
        type="button"
        class="icon-button"
        data-action="remove"
        aria-label={words.text('removeFile', { name })}
        onClick={(event) => remove(event.currentTarget)}
      >
        <Sign name="cancel" />
      </button>
    </li>
  )
}

function DraftFields() {
  const { draft } = useUi()
  const words = useWords()
  const id = useId()
  const optional = <span class="optional">{words.text('optional')}</span>
  return (
    <div class="draft-fields">
      <label for={`${id}-title`}>
        {words.text('title')} {optional}
      </label>
      <input
        id={`${id}-title`}
        name="title"
        type="text"
        maxLength={200}
        dir="auto"
        value={draft.title.value}
        onInput={(event) => {
          draft.title.value = event.currentTarget.value
        }}
      />
      <label for={`${id}-note`}>
        {words.text('note')} {optional}
      </label>
      <textarea
        id={`${id}-note`}
        name="note"
        rows={2}
        maxLength={2_000}
        dir="auto"
        value={draft.note.value}
        onInput={(event) => {
          draft.note.value = event.currentTarget.value
        }}
      />
      <PlaceField />
    </div>
  )
}

/** Back to choosing, the keyboard too. */
async function discard(ui: Ui): Promise<void> {
  await ui.shared.discard()
  ui.draft.clear()
  document.querySelector<HTMLElement>('[data-intake=files]')?.focus({ preventScroll: true })
}

/** Without files nothing is left of a draft, but the words of one that was shared. */
async function removeItem(ui: Ui, item: DraftItem): Promise<void> {
  if (ui.draft.share.value === null && ui.draft.items.value.length === 1) return await discard(ui)
  ui.draft.remove(item)
  if (item.kind === 'kept') await ui.shared.removeFile(item.file)
}

async function send(ui: Ui): Promise<void> {
  const words = ui.words.value
  const count = ui.draft.items.value.length
  try {
    await ui.actions.add(ui.draft.said(), ui.draft.files.value, ui.draft.share.value)
  } catch (failure) {
    if (failure instanceof ShareGone) {
      ui.draft.detach()
      return ui.toasts.trouble(words.text('toastShareGone'))
    }
    if (!(failure instanceof NoRoom)) throw failure
    return await sayNoRoom(ui, ui.draft.length.value)
  }
  ui.draft.clear()
  ui.toasts.news(savedText(ui, count))
  document.getElementById('queue')?.focus({ preventScroll: true })
  scrollTo({ top: 0 })
}
