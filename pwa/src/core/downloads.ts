const PREFIX = '/download/'

/** Where the service worker answers with a complete upload for the browser to save. */
export function downloadPathOf(uploadId: string): string {
  return PREFIX + uploadId
}

/** The upload of such a path; null for any other. */
export function downloadedUploadOf(path: string): string | null {
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : null
}

/** The value of Content-Disposition that saves under a name (RFC 6266, RFC 8187). */
export function savedAs(name: string): string {
  // What encodeURIComponent leaves but the grammar does not allow.
  const marks = /['()*]/g
  const encoded = encodeURIComponent(name).replace(
    marks,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename*=UTF-8''${encoded}`
}
