import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type IconName, Sign } from './icons.tsx'
import { attempt, type Extras, useUi, useWords } from './ui.ts'

/** What is so for the whole page at the moment. */
export function Banners() {
  const { model, extras, queue, inBackground } = useUi()
  const words = useWords()
  return (
    <aside class="banners" aria-label={words.text('banners')}>
      <div role="status">
        {!model.online.value && <Banner icon="offline" text={words.text('bannerOffline')} />}
      </div>
      {!inBackground && queue.groups.value.onTheWay.length > 0 && (
        <Banner icon="info" text={words.text('bannerKeepOpen')} />
      )}
      {extras.updates !== undefined && <UpdateBanner updates={extras.updates} />}
      {extras.install !== undefined && <InstallBanner install={extras.install} />}
    </aside>
  )
}

function Banner(banner: {
  readonly icon: IconName
  readonly text: string
  readonly children?: ComponentChildren
}) {
  return (
    <div class="banner" data-banner={banner.icon}>
      <Sign name={banner.icon} />
      <p>{banner.text}</p>
      {banner.children}
    </div>
  )
}

function UpdateBanner({ updates }: { readonly updates: NonNullable<Extras['updates']> }) {
  const ui = useUi()
  const words = useWords()
  if (!updates.ready.value) return null
  if (updates.waiting.value) return <Banner icon="update" text={words.text('bannerUpdateWaits')} />
  return (
    <Banner icon="update" text={words.text('bannerUpdate')}>
      <button
        type="button"
        class="button small"
        data-action="update"
        onClick={() => void attempt(ui, () => updates.apply())}
      >
        {words.text('bannerUpdateDo')}
      </button>
    </Banner>
  )
}

function InstallBanner({ install }: { readonly install: NonNullable<Extras['install']> }) {
  const { queue } = useUi()
  const words = useWords()
  const [declined, setDeclined] = useState(false)
  const ask = install.value
  // Nobody wants to install what they have not used yet.
  if (ask === null || declined || queue.uploads.value.length === 0) return null
  return (
    <Banner icon="install" text={words.text('bannerInstall')}>
      <button type="button" class="button small" data-action="install" onClick={ask}>
        {words.text('bannerInstallDo')}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={words.text('dismiss')}
        onClick={() => setDeclined(true)}
      >
        <Sign name="cancel" />
      </button>
    </Banner>
  )
}
