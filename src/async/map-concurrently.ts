/** Maps every item, at most `limit` at once, and keeps the order; the first failure is the result's. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  { limit, map }: { readonly limit: number; readonly map: (item: Item) => Promise<Result> },
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  const waiting = items.entries()
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}
