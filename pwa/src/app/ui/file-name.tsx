import { nameParts } from './name-parts.ts'

/** A file name whose middle gives way when it is too long; read aloud as a whole. */
export function FileName({ name }: { readonly name: string }) {
  const [head, tail] = nameParts(name)
  return (
    <span class="file-name" title={name}>
      <span class="visually-hidden">{name}</span>
      <bdi class="file-name-shown" aria-hidden="true">
        <span class="file-name-head">{head}</span>
        {tail !== '' && <span class="file-name-tail">{tail}</span>}
      </bdi>
    </span>
  )
}
