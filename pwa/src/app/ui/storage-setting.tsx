import { useEffect, useState } from 'preact/hooks'
import { areProtected, protectFiles, type Room, roomOf } from '../storage.ts'
import { attempt, useUi, useWords } from './ui.ts'

/** How much room there is, and whether the browser may clear the files by itself. */
export function StorageSetting() {
  const words = useWords()
  const [room, setRoom] = useState<Room | null>(null)
  const [safe, setSafe] = useState<boolean | null>(null)
  useEffect(() => {
    void roomOf().then(setRoom)
    void areProtected().then(setSafe)
  }, [])
  const used = room && { used: words.bytes(room.used), quota: words.bytes(room.quota) }
  return (
    <div class="setting">
      <h3>{words.text('storage')}</h3>
      <p class="hint">{used === null ? words.text('storageUnknown') : words.text('storageUsed', used)}</p>
      {safe === true && <p class="hint">{words.text('protected')}</p>}
      {safe === false && <Protect onProtected={() => setSafe(true)} />}
    </div>
  )
}

function Protect({ onProtected }: { readonly onProtected: () => void }) {
  const ui = useUi()
  const words = useWords()
  const protect = async () => {
    const done = await protectFiles()
    if (done) onProtected()
    ui.toasts.news(words.text(done ? 'toastProtected' : 'toastNotProtected'))
  }
  return (
    <>
      <button
        type="button"
        class="button small"
        data-action="protect"
        onClick={() => void attempt(ui, protect)}
      >
        {words.text('protect')}
      </button>
      <p class="hint">{words.text('protectHint')}</p>
    </>
  )
}
