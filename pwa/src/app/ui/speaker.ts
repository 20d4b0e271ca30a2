import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Translator } from '../i18n/translator.ts'
import { type Announcement, Announcements } from './announcements.ts'
import { troubleWords } from './trouble-words.ts'
import type { Ui } from './ui.ts'

const PAUSE_MS = 1_000

/** Puts the news of the queue into words for a screen reader, at most one sentence a second. */
export function speak(ui: Ui): ReadonlySignal<string> {
  const spoken = signal('')
  const announcements = new Announcements()
  let waiting: string[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  const say = () => {
    timer = null
    spoken.value = waiting.join(' ')
    waiting = []
  }
  effect(() => {
    if (!ui.model.ready.value) return
    const said = announcements.next(ui.queue.uploads.value, ui.queue.totals.value)
    const words = ui.words.peek()
    waiting = [...waiting, ...said.map((each) => inWords(words, each))].slice(-3)
    if (waiting.length > 0 && timer === null) timer = setTimeout(say, PAUSE_MS)
  })
  return spoken
}

function inWords(words: Translator, said: Announcement): string {
  switch (said.kind) {
    case 'progress':
      return words.text('announceProgress', { percent: words.percent(said.fraction), count: said.left })
    case 'complete':
      return words.text('announceComplete', { name: said.name })
    case 'all-complete':
      return words.text('announceAllComplete')
    case 'failed':
      return words.text('announceFailed', { name: said.upload.name, reason: reasonOf(words, said) })
  }
}

function reasonOf(words: Translator, { upload }: Extract<Announcement, { kind: 'failed' }>): string {
  return upload.state.kind === 'failed'
    ? troubleWords(words, upload.state.trouble, true).what
    : words.text('stateFailed')
}
