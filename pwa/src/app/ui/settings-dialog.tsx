import type { Ref } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Settings } from '../../core/settings.ts'
import { LANGUAGES } from '../i18n/languages.ts'
import { readEndpoint } from './endpoint.ts'
import { type Dialog, Modal } from './modal.tsx'
import { StorageSetting } from './storage-setting.tsx'
import { Switch } from './switch.tsx'
import { attempt, type Ui, useUi, useWords } from './ui.ts'

const VERSION = import.meta.env.VITE_VERSION ?? 'dev'

/** What a person can set. Each change is kept at once. */
export function SettingsDialog({ handle }: { readonly handle: Ref<Dialog> }) {
  const words = useWords()
  return (
    <Modal handle={handle} title={words.text('settings')}>
      <div class="settings" data-settings>
        <EndpointSetting />
        <TokenSetting />
        <Switches />
        <LanguageSetting />
        <StorageSetting />
        <p class="hint">{words.text('version', { version: String(VERSION) })}</p>
      </div>
    </Modal>
  )
}

function EndpointSetting() {
  const ui = useUi()
  const words = useWords()
  const id = useId()
  const [invalid, setInvalid] = useState(false)
  const change = (text: string) => {
    const endpoint = readEndpoint(text)
    setInvalid(endpoint.kind === 'invalid')
    if (endpoint.kind !== 'invalid') set(ui, { endpoint: endpoint.kind === 'address' ? endpoint.url : null })
  }
  return (
    <div class="setting">
      <label for={id}>{words.text('endpoint')}</label>
      <input
        id={id}
        name="endpoint"
        type="url"
        inputMode="url"
        autocomplete="off"
        defaultValue={ui.model.settings.value.endpoint ?? ''}
        aria-invalid={invalid}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <p id={`${id}-error`} class="field-error" role="alert">
        {invalid && words.text('endpointInvalid')}
      </p>
      <p id={`${id}-hint`} class="hint">
        {words.text('endpointHint', { endpoint: new URL('/files', location.origin).href })}
      </p>
    </div>
  )
}

function TokenSetting() {
  const ui = useUi()
  const words = useWords()
  const id = useId()
  return (
    <div class="setting">
      <label for={id}>{words.text('token')}</label>
      <input
        id={id}
        name="token"
        type="password"
        autocomplete="off"
        defaultValue={ui.model.settings.value.accessToken ?? ''}
        aria-describedby={`${id}-hint`}
        onChange={(event) => set(ui, { accessToken: event.currentTarget.value.trim() || null })}
      />
      <p id={`${id}-hint`} class="hint">
        {words.text('tokenSettingHint')}
      </p>
    </div>
  )
}

function Switches() {
  const ui = useUi()
  const words = useWords()
  const settings = ui.model.settings.value
  return (
    <>
      {'connection' in navigator && (
        <Switch
          name="unmetered"
          label={words.text('unmetered')}
          hint={words.text('unmeteredHint')}
          on={settings.unmeteredOnly}
          onChange={(unmeteredOnly) => set(ui, { unmeteredOnly })}
        />
      )}
      {ui.extras.askForNotifications !== undefined && (
        <Switch
          name="notifications"
          label={words.text('notifications')}
          hint={words.text('notificationsHint')}
          on={settings.notifications}
          onChange={(on) => void attempt(ui, () => setNotifications(ui, on))}
        />
      )}
      {'BackgroundFetchManager' in self && (
        <Switch
          name="background-fetch"
          label={words.text('backgroundFetch')}
          hint={words.text('backgroundFetchHint')}
          on={settings.backgroundFetch}
          onChange={(backgroundFetch) => set(ui, { backgroundFetch })}
        />
      )}
    </>
  )
}

function LanguageSetting() {
  const ui = useUi()
  const words = useWords()
  const id = useId()
  return (
    <div class="setting">
      <label for={id}>{words.text('language')}</label>
      <select
        id={id}
        name="language"
        value={ui.model.settings.value.language ?? ''}
        onChange={(event) => set(ui, { language: event.currentTarget.value || null })}
      >
        <option value="">{words.text('languageOfBrowser')}</option>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

async function setNotifications(ui: Ui, on: boolean): Promise<void> {
  const allowed = on && (await ui.extras.askForNotifications?.()) === true
  if (on && !allowed) ui.toasts.trouble(ui.words.value.text('toastNotificationsRefused'))
  await ui.actions.set({ notifications: allowed })
}

function set(ui: Ui, change: Partial<Settings>): void {
  void attempt(ui, () => ui.actions.set(change))
}
