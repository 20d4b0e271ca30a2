/** One picture to make small; the answer has the same number. */
export interface ThumbnailRequest {
  readonly number: number
  readonly file: Blob
}

export interface ThumbnailAnswer {
  readonly number: number
  /** Null when the browser cannot read the picture. */
  readonly thumbnail: Blob | null
}
