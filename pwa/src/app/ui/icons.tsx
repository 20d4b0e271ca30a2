import type { ComponentChildren } from 'preact'
import type { FileKind, RowAction, RowState } from './upload-view.ts'

function Icon({ children, name }: { readonly children: ComponentChildren; readonly name: string }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

const PATHS = {
  pause: 'M9 6v12M15 6v12',
  resume: 'M8 5.5v13l10.5-6.5z',
  cancel: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  supply: 'M4 18V7a1 1 0 0 1 1-1h4l2 2h8a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  keep: 'M7 4h10v16l-5-4-5 4z',
  forget: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  sending: 'M12 20V6M6 11l6-6 6 6',
  queued: 'M12 7v5l3 2M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16z',
  waiting: 'M7 4h10M7 20h10M8 4c0 5 8 6 8 11v5M16 4c0 5-8 6-8 11v5',
  'needs-sign-in': 'M7 11h10v8H7zM9 11V8a3 3 0 0 1 6 0v3',
  alert: 'M12 8v5M12 16.5v.5M12 4l9 16H3z',
  complete: 'M5 12.5l4.5 4.5L19 7.5',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  files: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3',
  folder: 'M4 18V7a1 1 0 0 1 1-1h4l2 2h8a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z',
  camera: 'M4 8h4l1.5-2h5L16 8h4v11H4zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  place: 'M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.8M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-6-3M12 19v.1',
  info: 'M12 11v5M12 8v.1M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16z',
  update: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  install: 'M12 4v10M8 10.5l4 4 4-4M5 15v4h14v-4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9.5v.1',
  video: 'M4 6h16v12H4zM10 9.5v5l4.5-2.5z',
  audio:
    'M9 17V6l10-2v11M9 17a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  text: 'M6 3h8l4 4v14H6zM9 11h6M9 15h6',
  archive: 'M4 4h16v5H4zM5 9v11h14V9M10 13h4',
  other: 'M6 3h8l4 4v14H6zM14 3v4h4',
} as const

export type IconName = keyof typeof PATHS

/** A line drawing. It never stands alone: words are beside it or in the name of its button. */
export function Sign({ name }: { readonly name: IconName }) {
  return (
    <Icon name={name}>
      <path d={PATHS[name]} />
    </Icon>
  )
}

export function ActionIcon({ action }: { readonly action: RowAction }) {
  return <Sign name={action} />
}

export function KindIcon({ kind }: { readonly kind: FileKind }) {
  return <Sign name={kind} />
}

const STATE_ICONS: Readonly<Record<RowState, IconName>> = {
  sending: 'sending',
  queued: 'queued',
  waiting: 'waiting',
  paused: 'pause',
  'needs-sign-in': 'needs-sign-in',
  'needs-file': 'alert',
  failed: 'alert',
  cancelling: 'cancel',
  complete: 'complete',
}

export function StateIcon({ state }: { readonly state: RowState }) {
  return <Sign name={STATE_ICONS[state]} />
}

/** The mark of Longhaul: a way with a gap in it, which still arrives. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="64" height="64" rx="15" />
      <path class="mark-way" d="M15 45c8 0 11-3.5 13.5-9M35.5 28c2.5-5.5 5.5-9 13.5-9" />
      <circle class="mark-start" cx="15" cy="45" r="5" />
      <circle class="mark-end" cx="49" cy="19" r="6" />
    </svg>
  )
}

/** The way of a file: it may be interrupted, and goes on. While files are dragged, the gap closes. */
export function Way() {
  return (
    <svg class="way" viewBox="0 0 240 60" aria-hidden="true" focusable="false">
      <path class="way-gap" d="M90 41C106 36 118 24 134 19" />
      <path class="way-line" d="M14 46C44 46 70 47.5 90 41M134 19C156 12.5 180 14 206 14" />
      <circle class="way-start" cx="14" cy="46" r="8" />
      <circle class="way-end" cx="218" cy="14" r="9" />
    </svg>
  )
}
