import { useRef } from 'preact/hooks'
import { credentialsFor } from '../../core/sender.ts'
import type { Upload } from '../../core/upload.ts'
import { download } from '../download.ts'
import { ActionIcon } from './icons.tsx'
import { attempt, type Ui, useUi, useWords } from './ui.ts'
import { actionsOf, type RowAction, type RowState } from './upload-view.ts'

/** The buttons of a row. The first keeps its place, and so the focus, when pause becomes resume. */
export function RowActions({ upload, state }: { readonly upload: Upload; readonly state: RowState }) {
  const ui = useUi()
  const actions = actionsOf(state).filter((action) => action !== 'keep' || ui.extras.keeper !== undefined)
  return (
    <div class="row-actions">
      {actions.map((action, index) => (
        <RowButton
          key={index === 0 ? 'main' : action}
          upload={upload}
          action={action}
          wide={index === 0 && (state === 'failed' || state === 'needs-file')}
        />
      ))}
    </div>
  )
}

interface ButtonOf {
  readonly upload: Upload
  readonly action: RowAction
  /** Shows its word beside its sign. */
  readonly wide: boolean
}

function RowButton({ upload, action, wide }: ButtonOf) {
  const ui = useUi()
  const words = useWords()
  const word = words.text(action === 'copy' ? 'copyLink' : action)
  const shared = {
    class: wide ? 'button small' : 'icon-button',
    'data-action': action,
    title: word,
    'aria-label': words.text('ofFile', { action: word, name: upload.name }),
    ...(action === 'keep' ? { 'aria-pressed': ui.extras.keeper?.has(upload) === true } : {}),
  }
  const content = (
    <>
      <ActionIcon action={action} />
      {wide && <span>{word}</span>}
    </>
  )
  if (action === 'supply') return <SupplyButton upload={upload} shared={shared} content={content} />
  if (action === 'download') {
    return <DownloadLink upload={upload} shared={shared} content={content} />
  }
  return (
    <button {...shared} type="button" onClick={() => void attempt(ui, () => act(ui, upload, action))}>
      {content}
    </button>
  )
}

async function act(ui: Ui, upload: Upload, action: Exclude<RowAction, 'supply' | 'download'>): Promise<void> {
  switch (action) {
    case 'pause':
      return await ui.actions.pause([upload.id])
    case 'resume':
    case 'retry':
      return await ui.actions.resume([upload.id])
    case 'cancel':
      return await ui.actions.cancel([upload.id])
    case 'forget':
      return await ui.actions.forget([upload.id])
    case 'copy':
      return await copyLink(ui, upload)
    case 'keep':
      return await keep(ui, upload)
  }
}

async function copyLink(ui: Ui, upload: Upload): Promise<void> {
  const words = ui.words.value
  try {
    await navigator.clipboard.writeText(upload.url ?? '')
    ui.toasts.news(words.text('toastCopied'))
  } catch {
    // Refused by the browser, or there is no clipboard without https.
    ui.toasts.trouble(words.text('toastNotCopied'))
  }
}

async function keep(ui: Ui, upload: Upload): Promise<void> {
  const { keeper } = ui.extras
  const words = ui.words.value
  if (keeper?.has(upload)) return await keeper.forget(upload)
  if (await keeper?.keep(upload)) ui.toasts.news(words.text('toastKept', { name: upload.name }))
  else ui.toasts.trouble(words.text('toastNotKept', { name: upload.name }))
}

type Credentials = ReturnType<typeof credentialsFor>

interface ButtonParts {
  readonly upload: Upload
  readonly shared: Readonly<Record<string, string | boolean>>
  readonly content: preact.ComponentChildren
}

/** A plain link, unless that would come without the token, or past what is kept here. */
function DownloadLink({ upload, shared, content }: ButtonParts) {
  const ui = useUi()
  const url = upload.url ?? ''
  const follow = (event: Event) => {
    const credentials = credentialsFor(url, ui.model.settings.value)
    if (credentials.Authorization === undefined && ui.extras.keeper?.has(upload) !== true) return
    event.preventDefault()
    void attempt(ui, () => save(ui, upload, url, credentials))
  }
  return (
    <a {...shared} href={url} download={upload.name} onClick={follow}>
      {content}
    </a>
  )
}

async function save(ui: Ui, upload: Upload, url: string, credentials: Credentials): Promise<void> {
  const words = ui.words.value
  const outcome = await download(upload, url, credentials)
  if (outcome === 'sign-in') ui.toasts.trouble(words.text('toastDownloadSignIn'))
  if (outcome === 'failed') ui.toasts.trouble(words.text('toastNotDownloaded', { name: upload.name }))
}

function SupplyButton(button: ButtonParts) {
  const ui = useUi()
  const input = useRef<HTMLInputElement>(null)
  const supply = () => {
    const file = input.current?.files?.[0]
    if (file !== undefined) void attempt(ui, () => supplyFile(ui, button.upload, file))
    if (input.current !== null) input.current.value = ''
  }
  return (
    <>
      <button {...button.shared} type="button" onClick={() => input.current?.click()}>
        {button.content}
      </button>
      <input ref={input} type="file" hidden onChange={supply} />
    </>
  )
}

async function supplyFile(ui: Ui, upload: Upload, file: File): Promise<void> {
  if (await ui.actions.supply(upload.id, file)) return
  const words = ui.words.value
  ui.toasts.trouble(words.text('otherFile', { name: upload.name, bytes: words.bytes(upload.length) }))
}
