import { useLayoutEffect, useRef } from 'preact/hooks'
import { useWords } from './ui.ts'
import { fractionOf } from './upload-view.ts'

/** Solid: bytes that the server has. Lighter, ahead of it: bytes that were sent. */
export function ProgressBar(bar: {
  readonly label: string
  readonly offset: number
  readonly sent: number
  readonly length: number
}) {
  const words = useWords()
  const element = useRef<HTMLDivElement>(null)
  const offset = fractionOf(bar.offset, bar.length)
  const sent = fractionOf(bar.sent, bar.length)
  // Set from script, not in markup: the page's Content-Security-Policy allows no style attributes.
  useLayoutEffect(() => {
    element.current?.style.setProperty('--offset', String(offset))
    element.current?.style.setProperty('--sent', String(sent))
  }, [offset, sent])
  const values = {
    percent: words.percent(offset),
    offset: words.bytes(bar.offset),
    length: words.bytes(bar.length),
  }
  return (
    <div
      ref={element}
      class="progress"
      role="progressbar"
      aria-label={bar.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(offset * 100)}
      aria-valuetext={words.text('progressValue', values)}
    >
      <span class="progress-sent" />
      <span class="progress-offset" />
    </div>
  )
}
