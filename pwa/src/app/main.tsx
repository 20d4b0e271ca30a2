import { computed, effect, type Signal, signal } from '@preact/signals'
import { render } from 'preact'
import { Bus } from '../core/bus.ts'
import { openDatabase } from '../core/db.ts'
import { Shares } from '../core/shares.ts'
import { Actions } from './actions.ts'
import { ENGLISH, type Language, languageFor, loadTranslator } from './i18n/languages.ts'
import type { Translator } from './i18n/translator.ts'
import { watchInstall } from './install.ts'
import { startIntake } from './intake/intake.ts'
import { Keeper } from './keep.ts'
import { Model } from './model.ts'
import { askForNotifications, canNotify, reportOutside } from './notifications.ts'
import { startPump } from './pump.ts'
import './styles/base.css'
import './styles/controls.css'
import './styles/dialog.css'
import './styles/draft.css'
import './styles/layout.css'
import './styles/notices.css'
import './styles/picker.css'
import './styles/queue.css'
import './styles/rows.css'
import { ThumbnailMaker } from './thumbnails.ts'
import { App } from './ui/app.tsx'
import { DraftState } from './ui/draft.ts'
import { QueueView } from './ui/queue-view.ts'
import { reportsTo } from './ui/reports.ts'
import { SharedDrafts } from './ui/shared-drafts.ts'
import { speak } from './ui/speaker.ts'
import { Thumbnails } from './ui/thumbnail.tsx'
import { Toasts } from './ui/toasts.ts'
import type { Extras, Ui } from './ui/ui.ts'
import { Updates } from './update.ts'

async function start(root: HTMLElement): Promise<void> {
  if (!isSecureContext) return await sayFatal(root, 'needsHttps')
  // Before anything is waited for: the browser offers it once, and does not wait for who listens later.
  const install = watchInstall(window)
  const db = await openDatabase().catch(() => null)
  if (db === null) return await sayFatal(root, 'noDatabase')
  const bus = new Bus()
  const model = new Model(db, bus)
  const pump = startPump(db, bus)
  const words = signal(ENGLISH)
  const draft = new DraftState()
  const updates = new Updates(bus, draft.isOpen)
  const keeper = new Keeper(bus, model.settings)
  const extras: Extras = {
    updates,
    install,
    keeper,
    ...(canNotify() ? { askForNotifications } : {}),
  }
  const thumbnails = new ThumbnailMaker(db, bus)
  const shared = new SharedDrafts(new Shares(db), bus, draft, thumbnails)
  const ui: Ui = {
    model,
    actions: new Actions(db, bus, () => pump.wake(), thumbnails),
    queue: new QueueView(model),
    draft,
    shared,
    toasts: new Toasts(),
    thumbnails: new Thumbnails(db, bus),
    words,
    inBackground: pump.inBackground,
    extras,
  }
  await Promise.all([model.refresh(), keeper.refresh(), shared.start()])
  reportOutside(model)
  await followLanguage(model, words)
  render(<App ui={ui} spoken={speak(ui)} />, root)
  startIntake(window, (files) => ui.draft.choose(files), reportsTo(ui))
  await updates.register()
}

/** Loads the words of the language that is set, now and whenever it changes. */
async function followLanguage(model: Model, words: Signal<Translator>): Promise<void> {
  // By its name: the settings are a new object with each reading of the database.
  const wanted = computed(() => model.settings.value.language)
  const load = async (language: Language) => {
    const loaded = await loadTranslator(language, navigator.languages)
    if (languageFor(wanted.peek(), navigator.languages) !== language) return
    words.value = loaded
    document.documentElement.lang = language
  }
  // Offline and not yet cached, a language may not be had: the one before stays.
  const follow = () => load(languageFor(wanted.value, navigator.languages)).catch(() => undefined)
  await follow()
  effect(() => void follow())
}

async function sayFatal(root: HTMLElement, why: 'needsHttps' | 'noDatabase'): Promise<void> {
  const words = await loadTranslator(languageFor(null, navigator.languages), navigator.languages)
  render(<p class="fatal">{words.text(why)}</p>, root)
}

const root = document.getElementById('app')
if (root !== null) void start(root)
