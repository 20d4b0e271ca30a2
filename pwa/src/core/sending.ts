import { checksumOf } from './checksum.ts'
import { metadataOf } from './metadata.ts'
import { delayMs, meaningOf, RequestLength } from './policy.ts'
import type { UploadQueue } from './queue.ts'
import type { SendingContext } from './sending-context.ts'
import { InvalidAnswer, type Position, Refusal } from './tus.ts'
import type { Trouble, Upload } from './upload.ts'

const MAX_DAMAGED = 5
const MAX_INVALID = 5

/** How far one turn of sending got. */
export type Outcome = 'settled' | 'waiting' | 'stopped'

/**
 * Brings one upload to the server, from wherever it is: asks for the offset (tus HEAD), sends slices
 * (PATCH), and believes nothing but what the server says. For whoever holds the upload's lock.
 *
 * @param stop ends the turn soon; what is on its way then counts, if the server has it
 */
export async function send(id: string, context: SendingContext, stop: AbortSignal): Promise<Outcome> {
  return await new Sending(id, context, stop).run()
}

/**
 * Creates the upload on the server if need be and asks where it is, without sending. For whoever holds
 * the upload's lock.
 *
 * @returns the offset; null when there is nothing to send now
 */
export async function findPosition(
  id: string,
  context: SendingContext,
  stop: AbortSignal,
): Promise<number | null> {
  return await new Sending(id, context, stop).find()
}

class Sending {
  readonly #id: string
  readonly #context: SendingContext
  readonly #stop: AbortSignal
  #length = new RequestLength(false)
  #asked = false
  #checksum = false
  #rate: number | null = null
  #damaged = 0
  #invalid = 0

  constructor(id: string, context: SendingContext, stop: AbortSignal) {
    this.#id = id
    this.#context = context
    this.#stop = stop
  }

  async run(): Promise<Outcome> {
    let position: Position | null = null
    while (!this.#stop.aborted) {
      const upload = await this.#context.queue.get(this.#id)
      if (upload === undefined) return 'settled'
      if (upload.state.kind === 'cancelling') return await this.#cancel(upload)
      if (upload.state.kind !== 'queued' && upload.state.kind !== 'waiting') return 'settled'
      try {
        position = await this.#step(upload, position)
      } catch (failure) {
        if (this.#stop.aborted) return 'stopped'
        position = null
        const outcome = await this.#hindered(upload, failure)
        if (outcome !== null) return outcome
      }
    }
    return 'stopped'
  }

  async find(): Promise<number | null> {
    const upload = await this.#context.queue.get(this.#id)
    if (upload === undefined) return null
    try {
      return (await this.#position(upload))?.offset ?? null
    } catch (failure) {
      if (!this.#stop.aborted) await this.#hindered(upload, failure)
      return null
    }
  }

  async #position(upload: Upload): Promise<Position | null> {
    if (!this.#asked) await this.#learn(upload)
    return upload.url === null ? await this.#create(upload) : await this.#ask(upload, upload.url)
  }

  /** One request, or a few at the beginning. Returns where the server is; null to ask it again. */
  async #step(upload: Upload, known: Position | null): Promise<Position | null> {
    const position = known ?? (await this.#position(upload))
    if (position === null || upload.url === null) return position
    if (position.offset === upload.length) {
      await this.#apply({ kind: 'completed', at: this.#context.now() })
      return position
    }
    return await this.#append(upload, upload.url, position.offset)
  }

  async #learn(upload: Upload): Promise<void> {
    const options = await this.#context.options(upload.endpoint, this.#timeLimit(30_000))
    this.#checksum = options.checksumAlgorithms.has('sha256')
    this.#length = new RequestLength(this.#checksum)
    this.#asked = true
  }

  async #create(upload: Upload): Promise<Position> {
    const entry = await this.#context.queue.entry(upload.entryId)
    const { url, expiresAt } = await this.#context.client.create(
      upload.endpoint,
      { length: upload.length, metadata: metadataOf(upload, entry), key: upload.id },
      this.#timeLimit(30_000),
    )
    // Before the first byte is sent, so that whoever comes next finds the upload.
    await this.#apply({ kind: 'created', url, expiresAt })
    return await this.#context.client.head(url, this.#timeLimit(30_000))
  }

  async #ask(upload: Upload, url: string): Promise<Position | null> {
    const position = await this.#context.client.head(url, this.#timeLimit(30_000))
    if (position.length !== null && position.length !== upload.length) {
      // Another file's upload: nothing that can be continued.
      await this.#apply({ kind: 'lost' })
      return null
    }
    if (position.offset > upload.length)
      throw new InvalidAnswer(`offset ${position.offset} of ${upload.length}`)
    await this.#apply({ kind: 'acknowledged', offset: position.offset, expiresAt: position.expiresAt })
    return position
  }

  async #append(upload: Upload, url: string, offset: number): Promise<Position | null> {
    const body = await this.#context.queue.slice(upload, offset, this.#length.next)
    if (body === null) {
      await this.#apply({ kind: 'file-missing' })
      return null
    }
    const began = this.#context.now()
    const position = await this.#context.client.append(
      url,
      {
        offset,
        body,
        checksum: this.#checksum ? await checksumOf(body) : null,
        onSent: (bytes) => this.#tell(offset, offset + bytes),
      },
      this.#timeLimit(this.#length.stallTimeoutMs(this.#rate)),
    )
    const elapsed = Math.max(1, this.#context.now() - began)
    this.#rate = body.size / elapsed
    this.#length.sent(body.size, elapsed)
    this.#damaged = 0
    this.#invalid = 0
    await this.#apply({ kind: 'acknowledged', offset: position.offset, expiresAt: position.expiresAt })
    this.#tell(position.offset, position.offset)
    return position
  }

  async #cancel(upload: Upload): Promise<Outcome> {
    try {
      if (upload.url !== null) await this.#context.client.terminate(upload.url, this.#timeLimit(30_000))
      await this.#context.queue.remove(this.#id)
      this.#context.bus.post({ kind: 'changed', ids: [this.#id] })
      return 'settled'
    } catch {
      // The server is away, or does not delete: it stays to be cancelled at the next turn.
      return 'waiting'
    }
  }

  /** Decides after a failure. @returns null to go on at once */
  async #hindered(upload: Upload, failure: unknown): Promise<Outcome | null> {
    if (failure instanceof Refusal) return await this.#refused(upload, failure)
    if (failure instanceof InvalidAnswer) {
      const trouble: Trouble = { code: 'invalid-answer', answer: failure.message }
      return ++this.#invalid >= MAX_INVALID
        ? await this.#giveUp(trouble)
        : await this.#wait(upload, trouble, null)
    }
    this.#length.shrink()
    const stalled = failure instanceof DOMException && failure.name === 'TimeoutError'
    return await this.#wait(upload, { code: stalled ? 'stalled' : 'network' }, null)
  }

  async #refused(upload: Upload, refusal: Refusal): Promise<Outcome | null> {
    const { status, text } = refusal.answer
    const meaning = meaningOf(status, text)
    switch (meaning.kind) {
      case 'again':
        return await this.#wait(upload, meaning.trouble, refusal.retryAfterMs)
      case 'ask-offset':
        return upload.attempts === 0
          ? await this.#askAgain(status)
          : await this.#wait(upload, { code: 'server', status }, null)
      case 'gone':
        if (upload.url === null) return await this.#giveUp({ code: 'refused', status, answer: text })
        await this.#apply({ kind: 'lost' })
        return null
      case 'sign-in':
        await this.#apply({ kind: 'sign-in-needed' })
        return 'settled'
      case 'damaged':
        return ++this.#damaged >= MAX_DAMAGED
          ? await this.#giveUp({ code: 'damaged' })
          : await this.#wait(upload, { code: 'damaged' }, null)
      case 'too-large':
        if (upload.url !== null && this.#length.shrink()) return null
        return await this.#giveUp({ code: 'refused', status, answer: text })
      case 'refused':
        return await this.#giveUp(meaning.trouble)
    }
  }

  /** The first of such answers is not waited for; only the next are. */
  async #askAgain(status: number): Promise<null> {
    await this.#apply({ kind: 'hindered', until: this.#context.now(), trouble: { code: 'server', status } })
    return null
  }

  async #wait(upload: Upload, trouble: Trouble, retryAfterMs: number | null): Promise<Outcome> {
    const delay = delayMs(upload.attempts, retryAfterMs, this.#context.random)
    await this.#apply({ kind: 'hindered', until: this.#context.now() + delay, trouble })
    return 'waiting'
  }

  async #giveUp(trouble: Trouble): Promise<Outcome> {
    await this.#apply({ kind: 'given-up', trouble })
    return 'settled'
  }

  async #apply(event: Parameters<UploadQueue['apply']>[1]): Promise<void> {
    await this.#context.queue.apply(this.#id, event)
    this.#context.bus.post({ kind: 'changed', ids: [this.#id] })
  }

  #tell(offset: number, sent: number): void {
    this.#context.bus.post({ kind: 'progress', id: this.#id, offset, sent })
  }

  #timeLimit(ms: number): AbortSignal {
    return AbortSignal.any([this.#stop, AbortSignal.timeout(ms)])
  }
}
