import type { en } from './en.ts'

type English = typeof en

/** The name of a text. */
export type MessageKey = keyof English

/** The texts of one language: all of them, with the plural forms that the language has. */
export type Messages<Forms extends Intl.LDMLPluralRule = 'other'> = {
  readonly [Key in MessageKey]: English[Key] extends string ? string : Readonly<Record<Forms, string>>
}

type TextOf<Key extends MessageKey> = English[Key] extends string
  ? English[Key]
  : English[Key][keyof English[Key]]

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type Values<Key extends MessageKey> = [NamesIn<TextOf<Key>>] extends [never]
  ? []
  : [{ readonly [Name in NamesIn<TextOf<Key>>]: string | number }]

/** Puts texts, amounts and times into the words of one language. */
export class Translator {
  readonly language: string
  readonly #messages: Messages
  readonly #plurals: Intl.PluralRules
  readonly #units = new Map<string, Intl.NumberFormat>()
  readonly #count: Intl.NumberFormat
  readonly #percent: Intl.NumberFormat

  constructor(language: string, messages: Messages) {
    this.language = language
    this.#messages = messages
    this.#plurals = new Intl.PluralRules(language)
    this.#count = new Intl.NumberFormat(language)
    this.#percent = new Intl.NumberFormat(language, { style: 'percent' })
  }

  /** A text with its values put in; `count` chooses the plural form. */
  text<Key extends MessageKey>(key: Key, ...[values]: Values<Key>): string {
    const message: string | Readonly<Record<string, string>> = this.#messages[key]
    const known: Readonly<Record<string, string | number>> = values ?? {}
    const text = typeof message === 'string' ? message : this.#plural(message, known.count)
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => this.#value(known[name]) ?? whole)
  }

  /** 1,500,000 as "1.5 MB". */
  bytes(count: number): string {
    const [amount, unit] = scaled(count)
    return this.#unit(unit).format(amount)
  }

  /** Bytes per second as "1.5 MB/s". */
  rate(bytesPerSecond: number): string {
    const [amount, unit] = scaled(bytesPerSecond)
    return this.#unit(`${unit}-per-second`).format(amount)
  }

  /** At most two units: "1 hr 5 min", "40 sec". */
  duration(seconds: number): string {
    const whole = rounded(seconds)
    const parts: readonly (readonly [number, string])[] = [
      [Math.floor(whole / 86_400), 'day'],
      [Math.floor(whole / 3_600) % 24, 'hour'],
      [Math.floor(whole / 60) % 60, 'minute'],
      [whole % 60, 'second'],
    ]
    const first = parts.findIndex(([amount]) => amount > 0)
    if (first < 0) return this.#unit('second').format(0)
    const shown = parts.slice(first, first + 2).filter(([amount]) => amount > 0)
    return shown.map(([amount, unit]) => this.#unit(unit).format(amount)).join(' ')
  }

  /** A fraction of 1 as "45%"; never 100 before all is there. */
  percent(fraction: number): string {
    return this.#percent.format(fraction < 1 ? Math.min(0.99, Math.max(0, fraction)) : 1)
  }

  /** The time of a day; with its date when it is another day than now. */
  time(at: number, now = Date.now(), seconds = false): string {
    const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
    return new Intl.DateTimeFormat(this.language, {
      timeStyle: seconds ? 'medium' : 'short',
      ...(sameDay ? {} : { dateStyle: 'medium' }),
    }).format(at)
  }

  /** A latitude or longitude. */
  degrees(value: number): string {
    return `${new Intl.NumberFormat(this.language, { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(value)}°`
  }

  #plural(forms: Readonly<Record<string, string>>, count: string | number | undefined): string {
    return forms[this.#plurals.select(Number(count ?? 0))] ?? forms.other ?? ''
  }

  #value(value: string | number | undefined): string | undefined {
    return typeof value === 'number' ? this.#count.format(value) : value
  }

  #unit(unit: string): Intl.NumberFormat {
    const known = this.#units.get(unit)
    if (known !== undefined) return known
    const format = new Intl.NumberFormat(this.language, {
      style: 'unit',
      unit,
      // Short, a byte has no plural.
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: 1,
    })
    this.#units.set(unit, format)
    return format
  }
}

function scaled(bytes: number): readonly [number, string] {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  let amount = bytes
  let index = 0
  while (amount >= 999.5 && index < units.length - 1) {
    amount /= 1_000
    index++
  }
  return [index < 2 || amount >= 100 ? Math.round(amount) : amount, units[index] ?? 'byte']
}

/** To steps that a person can read while they change. */
function rounded(seconds: number): number {
  const whole = Math.max(0, Math.ceil(seconds))
  if (whole < 10) return whole
  if (whole < 120) return Math.ceil(whole / 5) * 5
  return Math.ceil(whole / 60) * 60
}
