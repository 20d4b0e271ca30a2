import { describe, expect, test } from 'vitest'
import { downloadedUploadOf, downloadPathOf, savedAs } from '../../src/core/downloads.ts'

describe('downloads', () => {
  test('the path names the upload', () => {
    expect(downloadedUploadOf(downloadPathOf('0f-1'))).toBe('0f-1')
    expect(downloadedUploadOf('/files/0f-1')).toBeNull()
  })

  test('a name of any letters is one value of the header', () => {
    expect(savedAs('plain.bin')).toBe("attachment; filename*=UTF-8''plain.bin")
    expect(savedAs("Größe (1)'s;\r\n.jpg")).toBe(
      "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29%27s%3B%0D%0A.jpg",
    )
  })
})
