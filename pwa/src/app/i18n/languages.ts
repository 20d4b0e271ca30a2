import { en } from './en.ts'
import { type Messages, Translator } from './translator.ts'

/** The languages of the page, by their own names. */
export const LANGUAGES = { en: 'English', ru: 'Русский', fr: 'Français', de: 'Deutsch' } as const

export type Language = keyof typeof LANGUAGES

/** Only the language that is wanted is loaded; English is always there. */
const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => Promise.resolve(en),
  ru: async () => (await import('./ru.ts')).ru,
  fr: async () => (await import('./fr.ts')).fr,
  de: async () => (await import('./de.ts')).de,
}

export const ENGLISH = new Translator('en', en)

export function isLanguage(name: string | null): name is Language {
  return name !== null && Object.hasOwn(LANGUAGES, name)
}

/** The wanted language, else the first of the browser's that there is, else English. */
export function languageFor(wanted: string | null, offered: readonly string[]): Language {
  const all = [wanted, ...offered.map((tag) => tag.toLowerCase().split('-')[0] ?? '')]
  return all.find(isLanguage) ?? 'en'
}

/** @param tag of the browser, such as `en-GB`, so that numbers and times follow it */
export async function loadTranslator(language: Language, offered: readonly string[]): Promise<Translator> {
  const tag = offered.find((each) => each.toLowerCase().split('-')[0] === language) ?? language
  return new Translator(tag, await LOADERS[language]())
}
