import type { ReadonlySignal } from '@preact/signals'
import { Sign } from './icons.tsx'
import type { Toast } from './toasts.ts'
import { useUi, useWords } from './ui.ts'

/** The page's voice: one polite region for news and progress, one that speaks at once for trouble. */
export function ToastArea({ spoken }: { readonly spoken: ReadonlySignal<string> }) {
  const { toasts } = useUi()
  const of = (tone: Toast['tone']) => toasts.all.value.filter((toast) => toast.tone === tone)
  return (
    <div class="toasts">
      <div role="alert" aria-atomic="false">
        {of('trouble').map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
      <div role="status" aria-atomic="false">
        {of('news').map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
        <p class="visually-hidden" data-spoken>
          {spoken}
        </p>
      </div>
    </div>
  )
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { toasts } = useUi()
  const words = useWords()
  return (
    <div class={`toast ${toast.tone}`} data-toast={toast.tone}>
      <Sign name={toast.tone === 'news' ? 'complete' : 'alert'} />
      <p>{toast.text}</p>
      <button
        type="button"
        class="icon-button"
        aria-label={words.text('dismiss')}
        onClick={() => toasts.dismiss(toast.id)}
      >
        <Sign name="cancel" />
      </button>
    </div>
  )
}
