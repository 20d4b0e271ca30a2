import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import { Bus } from '../core/bus.ts'
import { openDatabase } from '../core/db.ts'
import { Actions } from './actions.ts'
import { ENGLISH, languageFor, loadTranslator } from './i18n/languages.ts'
import { startIntake } from './intake/intake.ts'
import { watchInstall } from './install.ts'
import { Keeper } from './keep.ts'
import { Model } from './model.ts'
import { askForNotifications, canNotify, reportOutside } from './notifications.ts'
import { startPump } from './pump.ts'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/queue.css'
import { ThumbnailMaker } from './thumbnails.ts'
import { App } from './ui/app.tsx'
import { DraftState } from './ui/draft.ts'
import { QueueView } from './ui/queue-view.ts'
import { speak } from './ui/speaker.ts'
import { Thumbnails } from './ui/thumbnail.tsx'
import { tellShare, tellUnreadable } from './ui/intake-words.ts'
import { Toasts } from './ui/toasts.ts'
import type { Extras, Ui } from './ui/ui.ts'
import { Updates } from './update.ts'

async function start(root: HTMLElement): Promise<void> {
  const db = await openDatabase()
  const bus = new Bus()
  const model = new Model(db, bus)
  const pump = startPump(db, bus)
  const words = signal(ENGLISH)
  const updates = new Updates(bus)
  const keeper = new Keeper(bus)
  const extras: Extras = {
    updates,
    install: watchInstall(window),
    keeper,
    ...(canNotify() ? { askForNotifications } : {}),
  }
  const ui: Ui = {
    model,
    actions: new Actions(db, bus, () => pump.wake(), new ThumbnailMaker(db, bus)),
    queue: new QueueView(model),
    draft: new DraftState(),
    toasts: new Toasts(),
    thumbnails: new Thumbnails(db, bus),
    words,
    inBackground: pump.inBackground,
    extras,
  }
  await Promise.all([model.refresh(), keeper.refresh()])
  reportOutside(model)
  await followLanguage(ui, words)
  render(<App ui={ui} spoken={speak(ui)} />, root)
  startIntake(window, (files) => ui.draft.choose(files), {
    onUnreadable: (paths) => tellUnreadable(ui, paths.length),
    onShare: (outcome) => tellShare(ui, outcome),
  })
  await updates.register()
}

/** Loads the words of the language that is set, now and whenever it changes. */
async function followLanguage(ui: Ui, words: { value: Ui['words']['value'] }): Promise<void> {
  const load = async (wanted: string | null) => {
    const language = languageFor(wanted, navigator.languages)
    const loaded = await loadTranslator(language, navigator.languages)
    if (ui.model.settings.peek().language !== wanted) return
    words.value = loaded
    document.documentElement.lang = language
  }
  await load(ui.model.settings.value.language).catch(() => undefined)
  effect(() => {
    // Offline and not yet cached, a language may not be had: the one before stays.
    load(ui.model.settings.value.language).catch(() => undefined)
  })
}

const root = document.getElementById('app')
if (root !== null) void start(root)
