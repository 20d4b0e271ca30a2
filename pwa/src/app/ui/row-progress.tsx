import { useComputed } from '@preact/signals'
import type { Upload } from '../../core/upload.ts'
import type { Translator } from '../i18n/translator.ts'
import type { Progress } from '../model.ts'
import { ProgressBar } from './progress-bar.tsx'
import { useUi, useWords } from './ui.ts'
import { bytesOf, fractionOf, secondsLeft } from './upload-view.ts'

/** How far an upload is: the part of a row that changes several times a second. */
export function RowProgress({ upload, sending }: { readonly upload: Upload; readonly sending: boolean }) {
  const { model } = useUi()
  const words = useWords()
  const progress = useComputed(() => model.progress.value.get(upload.id)).value
  const { offset, sent: everSent } = bytesOf(upload, progress)
  // Bytes on their way count only while somebody sends.
  const sent = sending ? everSent : offset
  return (
    <div class="row-progress">
      {sent > 0 && (
        <ProgressBar
          label={words.text('progressOf', { name: upload.name })}
          offset={offset}
          sent={sent}
          length={upload.length}
        />
      )}
      <p class="row-numbers">
        {offset === 0 ? (
          <span>{words.bytes(upload.length)}</span>
        ) : (
          <>
            <span>{words.percent(fractionOf(offset, upload.length))}</span>
            <span>
              {words.text('totalOf', { offset: words.bytes(offset), length: words.bytes(upload.length) })}
            </span>
          </>
        )}
        {sending && <Speed words={words} progress={progress} left={upload.length - sent} />}
      </p>
    </div>
  )
}

function Speed(speed: {
  readonly words: Translator
  readonly progress: Progress | undefined
  readonly left: number
}) {
  const { words } = speed
  const rate = speed.progress?.bytesPerSecond ?? null
  const seconds = secondsLeft(speed.left, rate)
  if (rate === null || seconds === null) return null
  return (
    <>
      <span>{words.rate(rate)}</span>
      <span>{words.text('timeLeft', { duration: words.duration(seconds) })}</span>
    </>
  )
}
