const TAIL = 10

/** A name in two, so that its middle can give way and its ending stays readable. */
export function nameParts(name: string): readonly [head: string, tail: string] {
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)
  if (letters.length <= TAIL * 2) return [name, '']
  return [letters.slice(0, -TAIL).join(''), letters.slice(-TAIL).join('')]
}
