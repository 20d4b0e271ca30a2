import type { Settled } from './notices.ts'
import type { Upload } from './upload.ts'

/** Counts what has ended, well or not, since it was last asked. */
export class SettledCount {
  #known: ReadonlyMap<string, string>

  constructor(uploads: readonly Upload[]) {
    this.#known = kinds(uploads)
  }

  since(uploads: readonly Upload[]): Settled {
    const before = this.#known
    this.#known = kinds(uploads)
    const changed = uploads.filter((upload) => before.get(upload.id) !== upload.state.kind)
    return {
      arrived: changed.filter((upload) => upload.state.kind === 'complete').length,
      failed: changed.filter((upload) => needsPerson(upload)).length,
    }
  }
}

function needsPerson({ state }: Upload): boolean {
  return state.kind === 'failed' || state.kind === 'needs-sign-in' || state.kind === 'needs-file'
}

function kinds(uploads: readonly Upload[]): ReadonlyMap<string, string> {
  return new Map(uploads.map((upload) => [upload.id, upload.state.kind]))
}
