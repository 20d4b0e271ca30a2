import type { ReadonlySignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Banners } from './banners.tsx'
import { DraftCard } from './draft-card.tsx'
import { Mark, Sign } from './icons.tsx'
import type { Dialog } from './modal.tsx'
import { Picker } from './picker.tsx'
import { QueueSection } from './queue-section.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { ToastArea } from './toast-area.tsx'
import { type Ui, UiContext, useUi, useWords } from './ui.ts'

/** The whole page. */
export function App({ ui, spoken }: { readonly ui: Ui; readonly spoken: ReadonlySignal<string> }) {
  return (
    <UiContext.Provider value={ui}>
      <header class="head">
        <TopBar />
        <Banners />
      </header>
      <Main />
      <ToastArea spoken={spoken} />
    </UiContext.Provider>
  )
}

function TopBar() {
  const words = useWords()
  const settings = useRef<Dialog>(null)
  return (
    <div class="top">
      <a class="skip" href="#queue">
        {words.text('skipToQueue')}
      </a>
      <p class="brand">
        <Mark />
        <span>Longhaul</span>
      </p>
      <button
        type="button"
        class="icon-button large"
        data-action="settings"
        title={words.text('settings')}
        aria-label={words.text('settings')}
        onClick={() => settings.current?.open()}
      >
        <Sign name="settings" />
      </button>
      <SettingsDialog handle={settings} />
    </div>
  )
}

function Main() {
  const { draft, queue, model } = useUi()
  if (!model.ready.value) return <main class="main" aria-busy="true" />
  const chosen = draft.isOpen.value
  const alone = queue.uploads.value.length === 0
  const welcome = alone && !chosen
  return (
    <main class={`main${alone ? ' alone' : ''}${welcome ? ' welcoming' : ''}`}>
      <div class="intake">
        {welcome ? <Welcome key="head" /> : <PageHeading key="head" />}
        {chosen && <DraftCard key="draft" />}
        <Picker key="picker" look={welcome ? 'large' : chosen ? 'more' : 'compact'} />
      </div>
      <QueueSection />
    </main>
  )
}

function PageHeading() {
  const words = useWords()
  return <h1 class="visually-hidden">{words.text('promise')}</h1>
}

function Welcome() {
  const words = useWords()
  return (
    <div class="welcome">
      <h1>{words.text('promise')}</h1>
      <p>{words.text('promiseMore')}</p>
    </div>
  )
}
