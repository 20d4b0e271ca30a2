import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Bus } from '../../core/bus.ts'
import type { KeptFile, Share, Shares } from '../../core/shares.ts'
import type { ThumbnailMaker } from '../thumbnails.ts'
import type { DraftState } from './draft.ts'

const SAVE_AFTER_MS = 300

/**
 * Brings what was shared to the page into its draft, one after the other, whenever there is no other
 * draft. What is changed there is kept, so that it is there again when the page is opened anew.
 */
export class SharedDrafts {
  readonly #shares: Shares
  readonly #bus: Bus
  readonly #draft: DraftState
  readonly #thumbnails: ThumbnailMaker
  readonly #more = signal(0)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(shares: Shares, bus: Bus, draft: DraftState, thumbnails: ThumbnailMaker) {
    this.#shares = shares
    this.#bus = bus
    this.#draft = draft
    this.#thumbnails = thumbnails
  }

  /** How many wait behind the one that is shown. */
  get more(): ReadonlySignal<number> {
    return this.#more
  }

  /** Begins to fill the draft, for as long as the page lives. */
  async start(): Promise<void> {
    await this.#shares.clearAbandoned()
    await this.#fill()
    effect(() => {
      if (!this.#draft.isOpen.value) void this.#fill()
    })
    effect(() => this.#saveSoon())
    addEventListener('pagehide', () => void this.#save())
    this.#bus.listen((message) => {
      if (message.kind === 'changed') void this.#follow()
    })
  }

  /** Forgets what was shared, if the draft comes from there, before the draft itself goes. */
  async discard(): Promise<void> {
    const share = this.#draft.share.peek()
    if (share === null) return
    await this.#shares.discard(share.id)
    this.#bus.post({ kind: 'changed', ids: [] })
  }

  async removeFile(file: KeptFile): Promise<void> {
    const share = this.#draft.share.peek()
    if (share !== null) await this.#shares.removeFile(share.id, file)
  }

  async #fill(): Promise<void> {
    const [newest, ...others] = await this.#shares.waiting()
    if (newest === undefined || this.#draft.isOpen.peek()) return
    this.#draft.open(newest)
    this.#more.value = others.length
    for (const file of newest.files) this.#thumbnails.addKept(file, () => this.#shares.bytesOf(file))
  }

  /** Another tab may have sent or discarded what is shown here. */
  async #follow(): Promise<void> {
    const shown = this.#draft.share.peek()
    if (shown === null) return
    const [known, waiting] = await Promise.all([this.#shares.get(shown.id), this.#shares.waiting()])
    if (this.#draft.share.peek()?.id !== shown.id) return
    this.#more.value = Math.max(0, waiting.length - 1)
    if (known !== undefined) return this.#draft.follow(known)
    this.#draft.detach()
  }

  #saveSoon(): void {
    const said = this.#draft.said()
    const share = untracked(() => this.#draft.share.value)
    clearTimeout(this.#timer)
    if (share === null || isSame(share, said)) return
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS)
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer)
    const share = this.#draft.share.peek()
    if (share !== null)
      await this.#shares.say(
        share.id,
        untracked(() => this.#draft.said()),
      )
  }
}

function isSame(share: Share, said: ReturnType<DraftState['said']>): boolean {
  return share.title === said.title && share.note === said.note && share.place === said.place
}
