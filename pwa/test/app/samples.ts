import type { Upload, UploadState } from '../../src/core/upload.ts'

/** An upload of 1,000 bytes, in a state. */
export function upload(id: string, state: UploadState, over: Partial<Upload> = {}): Upload {
  return {
    id,
    entryId: 'entry',
    endpoint: 'https://example.org/files',
    name: `${id}.bin`,
    path: `${id}.bin`,
    type: '',
    length: 1_000,
    modifiedAt: 0,
    addedAt: 0,
    order: 0,
    storage: 'blob',
    state,
    url: null,
    offset: 0,
    attempts: 0,
    expiresAt: null,
    ...over,
  }
}
