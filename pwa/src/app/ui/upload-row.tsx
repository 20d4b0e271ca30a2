import { useComputed } from '@preact/signals'
import { isMetered } from '../../core/sender.ts'
import type { Settings } from '../../core/settings.ts'
import { isOfNetwork, type Upload } from '../../core/upload.ts'
import type { Translator } from '../i18n/translator.ts'
import { FileName } from './file-name.tsx'
import { StateIcon } from './icons.tsx'
import { RowActions } from './row-actions.tsx'
import { RowProgress } from './row-progress.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { Thumbnail } from './thumbnail.tsx'
import { troubleWords } from './trouble-words.ts'
import { useUi, useWords } from './ui.ts'
import { type RowState, rowState, sendingPhase, troubleOf } from './upload-view.ts'

/** One upload. It reads its own record only, so that others' changes do not draw it again. */
export function UploadRow({ id }: { readonly id: string }) {
  const { queue, model } = useUi()
  const upload = useComputed(() => queue.byId.value.get(id)).value
  const state = useComputed(() => {
    const own = queue.byId.value.get(id)
    return own === undefined ? null : rowState(own, model.active.value)
  }).value
  if (upload === undefined || state === null) return null
  const moving = state !== 'complete' && state !== 'cancelling'
  return (
    <li class="row" data-upload={id} data-state={state}>
      <Thumbnail id={id} type={upload.type} />
      <div class="row-main">
        <RowTitle upload={upload} state={state} />
        <StateLine upload={upload} state={state} />
      </div>
      {state === 'complete' && <RowSize length={upload.length} />}
      <RowActions upload={upload} state={state} />
      {moving && <RowProgress upload={upload} sending={state === 'sending'} />}
      <RowHelp upload={upload} state={state} />
    </li>
  )
}

interface RowPart {
  readonly upload: Upload
  readonly state: RowState
}

function RowTitle({ upload, state }: RowPart) {
  const name = <FileName name={upload.path} />
  return (
    <p class="row-title">
      {state === 'complete' && upload.url !== null ? (
        <a href={upload.url} data-link>
          {name}
        </a>
      ) : (
        name
      )}
    </p>
  )
}

function RowSize({ length }: { readonly length: number }) {
  const words = useWords()
  return <p class="row-size">{words.bytes(length)}</p>
}

function StateLine({ upload, state }: RowPart) {
  const { model, extras } = useUi()
  const words = useWords()
  const online = model.online.value
  const expires = expiresText(words, upload)
  const held = (state === 'queued' || state === 'waiting') && waitsForWifi(model.settings.value)
  return (
    <p class="row-state">
      <StateIcon state={state} />
      {state === 'sending' ? (
        <SendingText upload={upload} />
      ) : (
        <span>{held ? wifiText(words) : stateText(words, upload, state, online)}</span>
      )}
      {expires !== null && <span>· {expires}</span>}
      {extras.keeper?.has(upload) === true && <span>· {words.text('keptHere')}</span>}
    </p>
  )
}

/** "Sending" is said only while bytes are on their way. */
function SendingText({ upload }: { readonly upload: Upload }) {
  const { model } = useUi()
  const words = useWords()
  const phase = useComputed(() => sendingPhase(upload, model.progress.value.get(upload.id))).value
  return <span>{words.text(PHASES[phase])}</span>
}

const PHASES = {
  connecting: 'stateConnecting',
  sending: 'stateSending',
  answering: 'stateAnswering',
} as const

/** The person does not want to send over a connection as it is now. */
function waitsForWifi({ unmeteredOnly }: Settings): boolean {
  return unmeteredOnly && isMetered()
}

function wifiText(words: Translator): string {
  return `${words.text('troubleMetered')} ${words.text('adviceMetered')}`
}

function stateText(
  words: Translator,
  upload: Upload,
  state: Exclude<RowState, 'sending'>,
  online: boolean,
): string {
  switch (state) {
    case 'queued':
      return words.text(online ? 'stateQueued' : 'stateQueuedOffline')
    case 'waiting':
      return waitingText(words, upload, online)
    case 'paused':
      return words.text('statePaused')
    case 'needs-sign-in':
      return words.text('stateSignIn')
    case 'needs-file':
      return words.text('stateNeedsFile')
    case 'failed':
      return words.text('stateFailed')
    case 'cancelling':
      return words.text('stateCancelling')
    case 'complete':
      return completeText(words, upload)
  }
}

function waitingText(words: Translator, upload: Upload, online: boolean): string {
  if (upload.state.kind !== 'waiting') return words.text('stateWaiting')
  // Not the server's fault, and the time of the next try is not what it waits for.
  if (!online && isOfNetwork(upload.state.trouble)) return words.text('stateQueuedOffline')
  const { what } = troubleWords(words, upload.state.trouble, false)
  const next = words.text('stateNextTry', { time: words.time(upload.state.until, Date.now(), true) })
  return `${what} ${next}`
}

function completeText(words: Translator, upload: Upload): string {
  if (upload.state.kind !== 'complete') return words.text('stateComplete')
  return words.text('stateCompleteAt', { time: words.time(upload.state.at) })
}

/** Until when the server keeps what it has, while nothing arrives that would put that off. */
function expiresText(words: Translator, { state, offset, expiresAt }: Upload): string | null {
  const rests = state.kind === 'paused' || state.kind === 'needs-sign-in'
  if (!rests || expiresAt === null || expiresAt <= Date.now() || offset === 0) return null
  return words.text('expires', { time: words.time(expiresAt) })
}

/** What a person can do when it does not go on by itself. */
function RowHelp({ upload, state }: RowPart) {
  const { queue } = useUi()
  const words = useWords()
  const asks = useComputed(() => queue.asksSignIn.value === upload.id).value
  if (state === 'needs-sign-in' && asks) return <SignInForm endpoint={upload.endpoint} />
  if (state === 'needs-sign-in') return <p class="row-help">{words.text('tokenOthers')}</p>
  if (state === 'needs-file') return <p class="row-help">{words.text('needsFileAdvice')}</p>
  const trouble = state === 'failed' ? troubleOf(upload) : null
  if (trouble === null) return null
  const { what, advice, answer } = troubleWords(words, trouble, true)
  return (
    <p class="row-help">
      <strong>{what}</strong> {advice}
      {answer !== '' && <span class="row-answer">{words.text('serverSays', { answer })}</span>}
    </p>
  )
}
