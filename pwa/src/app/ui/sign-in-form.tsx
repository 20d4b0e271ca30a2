import { useId, useState } from 'preact/hooks'
import { attempt, type Ui, useUi, useWords } from './ui.ts'

/** Asks for the token that the server wants; all uploads that wait for it go on then. */
export function SignInForm({ endpoint }: { readonly endpoint: string }) {
  const ui = useUi()
  const words = useWords()
  const id = useId()
  const [token, setToken] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    if (token.trim() !== '') void attempt(ui, () => signIn(ui, token.trim()))
  }
  return (
    <form class="sign-in" onSubmit={submit}>
      <label for={id}>{words.text('token')}</label>
      <div class="sign-in-line">
        <input
          id={id}
          type="password"
          autocomplete="off"
          required
          value={token}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="button primary small" data-action="sign-in">
          {words.text('signIn')}
        </button>
      </div>
      <p id={`${id}-hint`} class="hint">
        {words.text('tokenHint', { origin: new URL(endpoint).origin })}
      </p>
    </form>
  )
}

async function signIn(ui: Ui, accessToken: string): Promise<void> {
  await ui.actions.set({ accessToken })
  const waiting = ui.queue.uploads.value.filter((upload) => upload.state.kind === 'needs-sign-in')
  await ui.actions.resume(waiting.map((upload) => upload.id))
}
