/** What has ended since a person last looked. */
export interface Settled {
  readonly arrived: number
  readonly failed: number
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** The few words that the service worker needs; all others belong to the page. */
const WORDS: Readonly<Record<string, { readonly arrived: Forms; readonly failed: Forms }>> = {
  en: {
    arrived: { one: '# file has arrived.', other: '# files have arrived.' },
    failed: { one: '# upload needs you.', other: '# uploads need you.' },
  },
  de: {
    arrived: { one: '# Datei ist angekommen.', other: '# Dateien sind angekommen.' },
    failed: { one: '# Upload braucht dich.', other: '# Uploads brauchen dich.' },
  },
  fr: {
    arrived: { one: '# fichier est arrivé.', other: '# fichiers sont arrivés.' },
    failed: { one: '# envoi a besoin de vous.', other: '# envois ont besoin de vous.' },
  },
  ru: {
    arrived: {
      one: '# файл доставлен.',
      few: '# файла доставлено.',
      many: '# файлов доставлено.',
      other: '# файла доставлено.',
    },
    failed: {
      one: '# загрузка ждёт вашего решения.',
      few: '# загрузки ждут вашего решения.',
      many: '# загрузок ждут вашего решения.',
      other: '# загрузки ждут вашего решения.',
    },
  },
}

/** What a notification says; null when there is nothing to say. */
export function noticeText(wanted: readonly string[], { arrived, failed }: Settled): string | null {
  const language = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in WORDS) ?? 'en'
  const words = WORDS[language]
  if (words === undefined || arrived + failed === 0) return null
  const parts = [
    arrived > 0 ? inNumber(language, words.arrived, arrived) : '',
    failed > 0 ? inNumber(language, words.failed, failed) : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function inNumber(language: string, forms: Forms, count: number): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(language).format(count))
}

/** Shows one notification, which replaces the one before. */
export async function showNotice(
  registration: ServiceWorkerRegistration,
  language: string | null,
  settled: Settled,
): Promise<void> {
  const text = noticeText(language === null ? navigator.languages : [language], settled)
  if (text === null) return
  await registration.showNotification('Longhaul', { body: text, tag: 'settled', icon: '/icons/192.png' })
}
