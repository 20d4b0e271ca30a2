import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type ChosenFile, NoRoom } from '../../core/queue.ts'
import { keyOf } from './draft.ts'
import { FileName } from './file-name.tsx'
import { KindIcon, Sign } from './icons.tsx'
import { PlaceField } from './place-field.tsx'
import { savedText, sayNoRoom } from './reports.ts'
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
    if (saving) return
    setSaving(true)
    await attempt(ui, () => send(ui))
    setSaving(false)
  }
  const files = ui.draft.files.value
  const summary = { count: files.length, bytes: words.bytes(ui.draft.length.value) }
  return (
    <form class="card draft" data-draft onSubmit={submit}>
      <header class="draft-head">
        <h2 ref={heading} tabIndex={-1}>
          {words.text('draft')}
        </h2>
        <p class="hint">{words.text('draftFiles', summary)}</p>
      </header>
      <DraftFiles files={files} />
      <DraftFields />
      <div class="draft-actions">
        <button type="button" class="button quiet" data-action="discard" onClick={() => discard(ui)}>
          {words.text('discard')}
        </button>
        <button type="submit" class="button primary" data-action="send" aria-disabled={saving}>
          <Sign name="sending" />
          <span>{words.text(saving ? 'saving' : 'send')}</span>
        </button>
      </div>
    </form>
  )
}

function DraftFiles({ files }: { readonly files: readonly ChosenFile[] }) {
  const words = useWords()
  const hidden = files.length - SHOWN
  return (
    <ul class="draft-files">
      {files.slice(0, SHOWN).map((chosen) => (
        <DraftFile key={keyOf(chosen)} chosen={chosen} />
      ))}
      {hidden > 0 && <li class="hint">{words.text('draftMore', { count: hidden })}</li>}
    </ul>
  )
}

function DraftFile({ chosen }: { readonly chosen: ChosenFile }) {
  const ui = useUi()
  const { draft } = ui
  const words = useWords()
  const remove = (button: HTMLElement) => {
    const row = button.closest('li')
    const next = row?.nextElementSibling ?? row?.previousElementSibling
    next?.querySelector('button')?.focus()
    if (draft.files.value.length === 1) discard(ui)
    else draft.remove(chosen)
  }
  return (
    <li class="draft-file">
      <KindIcon kind={fileKind(chosen.file.type)} />
      <FileName name={chosen.path} />
      <span class="row-size">{words.bytes(chosen.file.size)}</span>
      <button
        type="button"
        class="icon-button"
        data-action="remove"
        aria-label={words.text('removeFile', { name: chosen.path })}
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
function discard(ui: Ui): void {
  ui.draft.clear()
  document.querySelector<HTMLElement>('[data-intake=files]')?.focus({ preventScroll: true })
}

async function send(ui: Ui): Promise<void> {
  const files = ui.draft.files.value
  try {
    await ui.actions.add(ui.draft.said(), files)
  } catch (failure) {
    if (!(failure instanceof NoRoom)) throw failure
    return await sayNoRoom(ui, ui.draft.length.value)
  }
  ui.draft.clear()
  ui.toasts.news(savedText(ui, files.length))
  document.getElementById('queue')?.focus({ preventScroll: true })
  scrollTo({ top: 0 })
}
