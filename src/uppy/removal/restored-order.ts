/** The order of a list after files have come back to where they stood before. */
export function restoredOrder(
  now: readonly string[],
  before: readonly string[],
  back: ReadonlySet<string>,
): readonly string[] {
  const present = new Set(now)
  const followers = new Map<string | undefined, string[]>()
  let last: string | undefined
  for (const id of before) {
    if (back.has(id)) followers.set(last, [...(followers.get(last) ?? []), id])
    else if (present.has(id)) last = id
  }
  const followed = now
    .filter((id) => !back.has(id))
    .flatMap((id) => [id, ...(followers.get(id) ?? [])])
  return [...(followers.get(undefined) ?? []), ...followed]
}
