/** A name in two pieces, the second with the extension and a little before it: a narrow column cuts the first one short. */
export function nameEnds(name: string): readonly [start: string, end: string] {
  const letters = [...name]
  const dot = letters.lastIndexOf('.')
  const from = Math.max((dot > 0 ? dot : letters.length) - 6, 0)
  return [letters.slice(0, from).join(''), letters.slice(from).join('')]
}
