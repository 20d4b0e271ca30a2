import type { ChosenFile } from '../../core/queue.ts'
import { type IconName, Sign, Way } from './icons.tsx'
import { useUi, useWords } from './ui.ts'

/** Large on an empty page, compact beside a queue, and only buttons when there is a draft to add to. */
export type PickerLook = 'large' | 'compact' | 'more'

/** The ways to choose files. Inputs within labels: what opens is the browser's own, on every device. */
export function Picker({ look }: { readonly look: PickerLook }) {
  const words = useWords()
  return (
    <div class={`picker ${look}`} data-dropzone>
      {look === 'large' && <Way />}
      <div class="picker-words">
        <p class="picker-drop">{words.text(look === 'more' ? 'dropMore' : 'dropHere')}</p>
        {look !== 'more' && <p class="hint">{words.text('dropOrPaste')}</p>}
      </div>
      <PickerButtons main={look !== 'more'} />
    </div>
  )
}

function PickerButtons({ main }: { readonly main: boolean }) {
  const words = useWords()
  const folders = 'webkitdirectory' in HTMLInputElement.prototype && !isTouch()
  return (
    <div class="picker-buttons">
      <FileButton kind="files" icon="files" label={words.text('chooseFiles')} main={main} />
      {isTouch() && <FileButton kind="camera" icon="camera" label={words.text('takePhoto')} />}
      {folders && <FileButton kind="folder" icon="folder" label={words.text('chooseFolder')} />}
    </div>
  )
}

type Intake = 'files' | 'folder' | 'camera'

const ATTRIBUTES: Readonly<Record<Intake, Readonly<Record<string, string | boolean>>>> = {
  files: { multiple: true },
  folder: { webkitdirectory: true, multiple: true },
  camera: { accept: 'image/*,video/*', capture: 'environment' },
}

interface ButtonOf {
  readonly kind: Intake
  readonly icon: IconName
  readonly label: string
  readonly main?: boolean
}

function FileButton(button: ButtonOf) {
  const ui = useUi()
  const words = useWords()
  const choose = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])].map(chosenFile)
    if (files.length > 0) ui.draft.choose(files)
    else if (button.kind === 'folder') ui.toasts.news(words.text('toastEmptyFolder'))
    // Empty again, so that the same file can be chosen once more.
    input.value = ''
  }
  return (
    <label class={button.main === true ? 'button primary' : 'button'}>
      <input
        type="file"
        class="visually-hidden"
        data-intake={button.kind}
        {...ATTRIBUTES[button.kind]}
        onChange={(event) => choose(event.currentTarget)}
      />
      <Sign name={button.icon} />
      <span>{button.label}</span>
    </label>
  )
}

function chosenFile(file: File): ChosenFile {
  return { file, path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
