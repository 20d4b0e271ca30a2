import { describe, expect, it } from 'vitest'
import { noticeText } from '../../src/core/notices.ts'

describe('what a notification says', () => {
  it.each([
    [['en-GB'], { arrived: 1, failed: 0 }, '1 file has arrived.'],
    [['en'], { arrived: 1_200, failed: 2 }, '1,200 files have arrived. 2 uploads need you.'],
    [['ru-RU'], { arrived: 3, failed: 0 }, '3 файла доставлено.'],
    [['ru'], { arrived: 5, failed: 21 }, '5 файлов доставлено. 21 загрузка ждёт вашего решения.'],
    [['pt', 'fr-CA'], { arrived: 0, failed: 1 }, '1 envoi a besoin de vous.'],
    [['pt'], { arrived: 2, failed: 0 }, '2 files have arrived.'],
    [['de'], { arrived: 0, failed: 0 }, null],
  ])('in %j of %o is %j', (languages, settled, text) => {
    expect(noticeText(languages, settled)).toBe(text)
  })
})
