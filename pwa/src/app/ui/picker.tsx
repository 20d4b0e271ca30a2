import type { ChosenFile } from '../../core/queue.ts'
import { type IconName, Sign } from './icons.tsx'
import { useUi, useWords } from './ui.ts'

/** The ways to choose files. Inputs within labels: what opens is the browser's own, on every device. */
export function Picker({ compact }: { readonly compact: boolean }) {
  const words = useWords()
  return (
    <div class={compact ? 'picker compact' : 'picker'} data-dropzone>
      <span class="picker-sign">
        <Sign name="files" />
      </span>
      <div class="picker-words">
        <p class="picker-drop">{words.text('dropHere')}</p>
        <p class="hint">{words.text('dropOrPaste')}</p>
      </div>
      <PickerButtons />
    </div>
  )
}

function PickerButtons() {
  const words = useWords()
  const folders = 'webkitdirectory' in HTMLInputElement.prototype && !isTouch()
  return (
    <div class="picker-buttons">
      <FileButton kind="files" icon="files" label={words.text('chooseFiles')} />
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

function FileButton(button: { readonly kind: Intake; readonly icon: IconName; readonly label: string }) {
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
    <label class={button.kind === 'files' ? 'button primary' : 'button'}>
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
