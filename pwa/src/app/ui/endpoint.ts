/** What a person typed as the address of a server. */
export type Endpoint =
  | { readonly kind: 'default' }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'invalid' }

/** Reads an address; nothing means the page's own server. */
export function readEndpoint(text: string): Endpoint {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'default' }
  if (!URL.canParse(trimmed)) return { kind: 'invalid' }
  const url = new URL(trimmed)
  const good =
    (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.hash === ''
  return good ? { kind: 'address', url: url.href } : { kind: 'invalid' }
}
