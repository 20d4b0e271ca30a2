import type { Trouble } from '../../core/upload.ts'
import type { Translator } from '../i18n/translator.ts'

/** A trouble in words: what is so, and what to do about it. */
export interface TroubleWords {
  readonly what: string
  readonly advice: string
  /** What the server said about it; empty when it said nothing that a person can read. */
  readonly answer: string
}

/** @param given-up whether nothing is tried any more until the person wants it */
export function troubleWords(words: Translator, trouble: Trouble, givenUp: boolean): TroubleWords {
  const again = words.text(givenUp ? 'adviceRetry' : 'adviceAgain')
  const said = 'answer' in trouble ? readable(trouble.answer) : ''
  const of = (what: string, advice: string): TroubleWords => ({ what, advice, answer: said })
  switch (trouble.code) {
    case 'network':
      return of(words.text('troubleNetwork'), again)
    case 'stalled':
      return of(words.text('troubleStalled'), again)
    case 'server':
      return of(words.text('troubleServer', { status: String(trouble.status) }), again)
    case 'refused':
      return trouble.status === 413
        ? of(words.text('troubleTooLarge'), words.text('adviceTooLarge'))
        : of(words.text('troubleRefused', { status: String(trouble.status) }), words.text('adviceRefused'))
    case 'invalid-answer':
      return of(words.text('troubleInvalidAnswer'), words.text('adviceEndpoint'))
    case 'damaged':
      return of(words.text('troubleDamaged'), givenUp ? words.text('adviceDamaged') : again)
  }
}

const MOST = 200

/** The detail of a problem document (RFC 9457), or a short plain text; never markup. */
export function readable(answer: string): string {
  const text = detailOf(answer) ?? answer
  const plain = text.replace(/\s+/g, ' ').trim()
  if (/^[<{[]/.test(plain)) return ''
  return plain.length > MOST ? `${plain.slice(0, MOST)}…` : plain
}

function detailOf(answer: string): string | null {
  try {
    const parsed: unknown = JSON.parse(answer)
    if (typeof parsed !== 'object' || parsed === null) return null
    if ('detail' in parsed && typeof parsed.detail === 'string') return parsed.detail
    return 'title' in parsed && typeof parsed.title === 'string' ? parsed.title : null
  } catch {
    // Not JSON: a plain text.
    return null
  }
}
