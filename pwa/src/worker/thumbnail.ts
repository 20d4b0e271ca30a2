import type { ThumbnailAnswer, ThumbnailRequest } from '../core/thumbnail.ts'

declare const self: DedicatedWorkerGlobalScope

const LONGER_SIDE = 160

self.onmessage = async (event: MessageEvent<ThumbnailRequest>) => {
  const { number, file } = event.data
  const answer: ThumbnailAnswer = { number, thumbnail: await thumbnailOf(file).catch(() => null) }
  self.postMessage(answer)
}

async function thumbnailOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file)
  try {
    const scale = Math.min(1, LONGER_SIDE / Math.max(picture.width, picture.height))
    const width = Math.max(1, Math.round(picture.width * scale))
    const height = Math.max(1, Math.round(picture.height * scale))
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })
  } finally {
    picture.close()
  }
}
