/** How often each cell was seen, by the name of its table, its row and its column; plain JSON. */
export type Counts = Readonly<Record<string, number>>

/** Names a cell. */
export function cellName(table: string, row: string, column: string): string {
  return `${table}: ${row} × ${column}`
}

/** Adds up counts of several runs. */
export function addCounts(sum: Record<string, number>, counts: Counts): void {
  for (const [cell, count] of Object.entries(counts)) sum[cell] = (sum[cell] ?? 0) + count
}
