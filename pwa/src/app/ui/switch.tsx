import { useId } from 'preact/hooks'

/** Something that is on or off. */
export function Switch(toggle: {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <div class="setting setting-switch">
      <span>
        <label for={id}>{toggle.label}</label>
        <span id={`${id}-hint`} class="hint">
          {toggle.hint}
        </span>
      </span>
      <input
        id={id}
        name={toggle.name}
        type="checkbox"
        role="switch"
        aria-checked={toggle.on}
        class="switch"
        checked={toggle.on}
        aria-describedby={`${id}-hint`}
        onChange={(event) => toggle.onChange(event.currentTarget.checked)}
      />
    </div>
  )
}
