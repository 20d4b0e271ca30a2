import type { ChosenFile } from '../../core/queue.ts'
import { type Taken, takeFiles } from './transfer.ts'

/** An image that was just made by the clipboard carries this moment as its time of change. */
const JUST_MADE_MS = 5_000

/** Takes files and images that are pasted; text that is pasted into a field is left alone. */
export function takePastes(target: Window, onTaken: (taken: Taken) => void): void {
  target.addEventListener('paste', (event) => {
    const data = event.clipboardData
    if (data === null || !hasFiles(data)) return
    // A table copied from a sheet is text and also a picture of it: a field gets the text.
    if (isField(event.target) && hasText(data)) return
    event.preventDefault()
    const now = new Date()
    void takeFiles(data).then((taken) => onTaken({ ...taken, files: nameImages(taken.files, now) }))
  })
}

/** Gives images without a name of their own one that tells when they were pasted. */
export function nameImages(files: readonly ChosenFile[], now: Date): readonly ChosenFile[] {
  let count = 0
  return files.map((chosen) => {
    if (!isUnnamed(chosen.file, now)) return chosen
    count++
    const name = `pasted-${stamp(now)}${count === 1 ? '' : `-${count}`}${extensionOf(chosen.file)}`
    const { type, lastModified } = chosen.file
    return { file: new File([chosen.file], name, { type, lastModified }), path: name }
  })
}

/** All browsers call an image from the clipboard `image.png`; so may a real file be called. */
function isUnnamed(file: File, now: Date): boolean {
  if (file.name === '') return true
  return /^image\.\w+$/.test(file.name) && now.getTime() - file.lastModified < JUST_MADE_MS
}

function stamp(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}

function extensionOf(file: File): string {
  const [kind, subtype = ''] = file.type.split('/')
  return kind === 'image' && /^\w+$/.test(subtype) ? `.${subtype === 'jpeg' ? 'jpg' : subtype}` : ''
}

function hasFiles(data: DataTransfer): boolean {
  return Array.from(data.types).includes('Files')
}

function hasText(data: DataTransfer): boolean {
  return Array.from(data.types).includes('text/plain')
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLElement && target.isContentEditable
}
