/** Cuts a list into chunks of a length; the last may be shorter. */
export function chunk<T>(items: readonly T[], length: number): (readonly T[])[] {
  const count = Math.ceil(items.length / length)
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  )
}
