/** Replaces the one place where a text stands in a source; throws when it stands nowhere, or twice. */
export function replaceText(source: string, from: string, to: string): string {
  const pieces = source.split(from)
  if (pieces.length === 2) return pieces.join(to)
  throw new Error(`“${from.trim()}” stands in ${pieces.length - 1} places, not in one.`)
}
