import { computed, type ReadonlySignal } from '@preact/signals'
import type { Upload } from '../../core/upload.ts'
import type { Model } from '../model.ts'
import { type Groups, groupsOf } from './groups.ts'
import { type Totals, totalsOf } from './totals.ts'
import { sameUpload } from './upload-view.ts'

/**
 * The model as the queue shows it. An upload that did not change stays the same object from one reading
 * of the database to the next, so that only rows that changed are drawn again.
 */
export class QueueView {
  readonly uploads: ReadonlySignal<readonly Upload[]>
  readonly byId: ReadonlySignal<ReadonlyMap<string, Upload>>
  readonly groups: ReadonlySignal<Groups>
  readonly totals: ReadonlySignal<Totals>
  /** The upload whose row asks for the sign-in; the others wait for it. */
  readonly asksSignIn: ReadonlySignal<string | null>
  #known: ReadonlyMap<string, Upload> = new Map()

  constructor(model: Model) {
    this.uploads = computed(() => this.#settle(model.uploads.value))
    this.byId = computed(() => new Map(this.uploads.value.map((upload) => [upload.id, upload])))
    this.groups = computed(() => groupsOf(this.uploads.value, model.entries.value))
    this.totals = computed(() => totalsOf(this.uploads.value, model.progress.value, model.active.value))
    this.asksSignIn = computed(() => firstToSignIn(this.groups.value))
  }

  #settle(read: readonly Upload[]): readonly Upload[] {
    const settled = read.map((upload) => {
      const known = this.#known.get(upload.id)
      return known !== undefined && sameUpload(known, upload) ? known : upload
    })
    this.#known = new Map(settled.map((upload) => [upload.id, upload]))
    return settled
  }
}

function firstToSignIn(groups: Groups): string | null {
  const all = groups.onTheWay.flatMap((group) => group.uploads)
  return all.find((upload) => upload.state.kind === 'needs-sign-in')?.id ?? null
}
