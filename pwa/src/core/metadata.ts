import type { Entry, Upload } from './upload.ts'

/** What the server is told of an upload (tus, Upload-Metadata): the names that other clients use, too. */
export function metadataOf(upload: Upload, entry: Entry | undefined): Record<string, string> {
  const place = entry?.place
  return {
    filename: upload.name,
    filetype: upload.type,
    relativePath: upload.path === upload.name ? '' : upload.path,
    title: entry?.title ?? '',
    note: entry?.note ?? '',
    location: place ? `geo:${place.latitude},${place.longitude}` : '',
  }
}
