/** What may be seen in runs: each row with each column, but for what cannot be. */
export interface Table {
  readonly title: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly impossible: readonly Impossible[]
}

/** Cells that cannot be, and why. */
export interface Impossible {
  /** @default every row */
  readonly rows?: readonly string[]
  /** @default every column */
  readonly columns?: readonly string[]
  readonly reason: string
}

/** Why a cell cannot be; undefined if it can. */
export function whyImpossible(
  { impossible }: Table,
  row: string,
  column: string,
): string | undefined {
  const entry = impossible.find(
    ({ rows, columns }) => (rows?.includes(row) ?? true) && (columns?.includes(column) ?? true),
  )
  return entry?.reason
}
