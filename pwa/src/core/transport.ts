/** One request. The body is a Blob slice or nothing: memory never holds a file. */
export interface WireRequest {
  readonly method: 'OPTIONS' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Blob | ArrayBuffer
  readonly signal: AbortSignal
  /** Is told how many bytes of the body were handed to the network, where the transport can know. */
  readonly onSent?: (bytes: number) => void
}

/** An answer, of any status. */
export interface WireAnswer {
  readonly status: number
  readonly header: (name: string) => string | null
  /** The beginning of the body, at most 1,000 characters. */
  readonly text: string
}

/** Sends a request; rejects when there was no answer, and with an AbortError when it was aborted. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>

/** For the service worker: no upload progress, but everywhere. */
export const fetchTransport: Transport = async (request) => {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    signal: request.signal,
    cache: 'no-store',
    credentials: 'same-origin',
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const text = (await response.text()).slice(0, 1_000)
  return { status: response.status, header: (name) => response.headers.get(name), text }
}

/** For the page: tells the bytes that were sent. */
export const xhrTransport: Transport = (request) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(request.method, request.url)
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value)
    const onSent = request.onSent
    if (onSent !== undefined) xhr.upload.onprogress = (event) => onSent(event.loaded)
    const abort = () => xhr.abort()
    request.signal.addEventListener('abort', abort)
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        header: (name) => xhr.getResponseHeader(name),
        text: xhr.responseText.slice(0, 1_000),
      })
    xhr.onerror = () => reject(new TypeError('no answer'))
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    xhr.onloadend = () => request.signal.removeEventListener('abort', abort)
    if (request.signal.aborted) reject(new DOMException('aborted', 'AbortError'))
    else xhr.send(request.body ?? null)
  })
