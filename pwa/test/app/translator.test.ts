import { describe, expect, it } from 'vitest'
import { de } from '../../src/app/i18n/de.ts'
import { en } from '../../src/app/i18n/en.ts'
import { fr } from '../../src/app/i18n/fr.ts'
import { languageFor } from '../../src/app/i18n/languages.ts'
import { ru } from '../../src/app/i18n/ru.ts'
import { type Messages, Translator } from '../../src/app/i18n/translator.ts'

const ENGLISH = new Translator('en', en)

describe('translator', () => {
  it.each([
    [1, 'Остался 1 файл'],
    [3, 'Осталось 3 файла'],
    [11, 'Осталось 11 файлов'],
    [21, 'Остался 21 файл'],
  ])('chooses the plural form of Russian for %i', (count, text) => {
    expect(new Translator('ru', ru).text('filesLeft', { count })).toBe(text)
  })

  it('groups the digits of a count as the language does', () => {
    expect(new Translator('de', de).text('filesLeft', { count: 1_000 })).toBe('Noch 1.000 Dateien')
  })

  it('leaves braces in a value alone', () => {
    expect(ENGLISH.text('announceComplete', { name: '{name}' })).toBe('{name} is on the server.')
  })

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [12_400, '12 kB'],
    [999_600, '1 MB'],
    [1_550_000, '1.6 MB'],
    [9_400_000_000, '9.4 GB'],
  ])('writes %i bytes as %s', (count, text) => {
    expect(ENGLISH.bytes(count)).toBe(text)
  })

  it('writes a rate in the words of the language', () => {
    expect(new Translator('fr', fr).rate(2_500_000).replace(/\s/g, ' ')).toBe('2,5 Mo/s')
  })

  it.each([
    [0, '0 sec'],
    [7.2, '8 sec'],
    [41, '45 sec'],
    [90, '1 min 30 sec'],
    [3_700, '1 hr 2 min'],
    [90_000, '1 day 1 hr'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(ENGLISH.duration(seconds)).toBe(text)
  })

  it('never says that all is sent before it is', () => {
    expect(ENGLISH.percent(0.9999)).toBe('99%')
    expect(ENGLISH.percent(1)).toBe('100%')
  })
})

describe('languages', () => {
  it.each([
    ['ru', ru],
    ['fr', fr],
    ['de', de],
  ] satisfies [string, Messages][])('%s puts in the same values as English', (_, messages) => {
    expect(valuesOf(messages)).toEqual(valuesOf(en))
  })

  it.each([
    ['ru', ru],
    ['fr', fr],
    ['de', de],
  ] satisfies [string, Messages][])('%s has all its plural forms', (language, messages) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    for (const message of Object.values(messages)) {
      if (typeof message !== 'string') expect(Object.keys(message).toSorted()).toEqual(forms)
    }
  })

  it('prefers what is set, then what the browser offers, then English', () => {
    expect(languageFor('fr', ['de-CH'])).toBe('fr')
    expect(languageFor(null, ['pt', 'de-CH', 'ru'])).toBe('de')
    expect(languageFor('xx', ['pt'])).toBe('en')
    expect(languageFor('constructor', [])).toBe('en')
  })
})

function valuesOf(messages: Messages): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => {
      const text = typeof message === 'string' ? message : Object.values(message).join(' ')
      return [key, [...new Set(text.match(/\{\w+\}/g))].toSorted()]
    }),
  )
}
