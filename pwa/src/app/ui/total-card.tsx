import { useRef } from 'preact/hooks'
import type { Translator } from '../i18n/translator.ts'
import { type Dialog, Modal } from './modal.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { canPause, canResume, isOpen, type Totals } from './totals.ts'
import { attempt, useUi, useWords } from './ui.ts'
import { fractionOf, secondsLeft } from './upload-view.ts'

/** How far everything is, and what can be done with all of it. */
export function TotalCard() {
  const { queue } = useUi()
  const words = useWords()
  const totals = queue.totals.value
  if (totals.count < 2) return null
  const seconds = secondsLeft(totals.length - totals.sent, totals.bytesPerSecond)
  return (
    <div class="card total">
      <div class="total-numbers">
        <span class="total-percent">{words.percent(fractionOf(totals.offset, totals.length))}</span>
        <span class="total-words">
          <span>{words.text('filesLeft', { count: totals.left })}</span>
          <span>{amountText(words, totals)}</span>
          {totals.bytesPerSecond !== null && <span>{words.rate(totals.bytesPerSecond)}</span>}
          {seconds !== null && <span>{words.text('timeLeft', { duration: words.duration(seconds) })}</span>}
        </span>
      </div>
      <ProgressBar
        label={words.text('totalName')}
        offset={totals.offset}
        sent={totals.sent}
        length={totals.length}
      />
      <TotalActions pausable={totals.pausable > 0} resumable={totals.resumable > 0} left={totals.left} />
    </div>
  )
}

/** Of nothing that has arrived yet, only how much it is. */
function amountText(words: Translator, { offset, length }: Totals): string {
  if (offset === 0) return words.bytes(length)
  return words.text('totalOf', { offset: words.bytes(offset), length: words.bytes(length) })
}

function TotalActions(of: {
  readonly pausable: boolean
  readonly resumable: boolean
  readonly left: number
}) {
  const ui = useUi()
  const words = useWords()
  const dialog = useRef<Dialog>(null)
  const idsOf = (which: typeof canPause) => ui.queue.uploads.value.filter(which).map((upload) => upload.id)
  return (
    <div class="total-actions">
      {of.pausable && (
        <button
          type="button"
          class="button quiet small"
          data-action="pause-all"
          onClick={() => void attempt(ui, () => ui.actions.pause(idsOf(canPause)))}
        >
          {words.text('pauseAll')}
        </button>
      )}
      {of.resumable && (
        <button
          type="button"
          class="button quiet small"
          data-action="resume-all"
          onClick={() => void attempt(ui, () => ui.actions.resume(idsOf(canResume)))}
        >
          {words.text('resumeAll')}
        </button>
      )}
      {of.left > 0 && (
        <button
          type="button"
          class="button quiet small danger"
          data-action="cancel-all"
          onClick={() => dialog.current?.open()}
        >
          {words.text('cancelAll')}
        </button>
      )}
      <Modal handle={dialog} title={words.text('cancelAllTitle')} narrow>
        <p>{words.text('cancelAllText', { count: of.left })}</p>
        <div class="dialog-actions">
          <button type="button" class="button" autofocus onClick={() => dialog.current?.close()}>
            {words.text('cancelAllNo')}
          </button>
          <button
            type="button"
            class="button danger-solid"
            data-action="cancel-all-yes"
            onClick={() => {
              dialog.current?.close()
              void attempt(ui, () => ui.actions.cancel(idsOf(isOpen)))
            }}
          >
            {words.text('cancelAllYes')}
          </button>
        </div>
      </Modal>
    </div>
  )
}
