import type { ComponentChildren, Ref } from 'preact'
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Sign } from './icons.tsx'
import { useWords } from './ui.ts'

/** Opens and closes a {@link Modal}. */
export interface Dialog {
  readonly open: () => void
  readonly close: () => void
}

/** A native dialog: the browser keeps the focus in it and gives it back afterwards. */
export function Modal(modal: {
  readonly handle: Ref<Dialog>
  readonly title: string
  readonly narrow?: boolean
  readonly children: ComponentChildren
}) {
  const words = useWords()
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => element.current?.close()
  // Once its content is there, so that the browser finds what to give the focus to.
  useLayoutEffect(() => {
    if (open) element.current?.showModal()
  }, [open])
  useImperativeHandle(modal.handle, () => ({ open: () => setOpen(true), close }))
  return (
    <dialog
      ref={element}
      class={modal.narrow === true ? 'dialog narrow' : 'dialog'}
      aria-labelledby={id}
      onClose={() => setOpen(false)}
      closedby="any"
    >
      {open && (
        <div class="dialog-inside">
          <div class="dialog-head">
            <h2 id={id}>{modal.title}</h2>
            <button type="button" class="icon-button" aria-label={words.text('close')} onClick={close}>
              <Sign name="cancel" />
            </button>
          </div>
          {modal.children}
        </div>
      )}
    </dialog>
  )
}
