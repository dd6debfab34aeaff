import { type Counts, cellName } from './counts.js'
import { type Table, whyImpossible } from './table.js'
import { tables } from './tables.js'

/** Says how often each cell was seen, table by table, and which cells were never seen though they can be. */
export function describeCoverage(counts: Counts): string[] {
  return Object.values(tables).flatMap((table) => describeTable(table, counts))
}

/** A line for each column, since there are many: a sheet of rows would be too wide. */
function describeTable(table: Table, counts: Counts): string[] {
  const cells = table.columns.map((column) => [column, ...table.rows.map(textOf(column))])
  const numbers = table.rows.map((_, index) => `(${index + 1})`)
  const empty = emptyCells(table, counts)
  const possible = table.rows.length * table.columns.length - impossibleCells(table).length
  return [
    '',
    `${table.title}: ${possible - empty.length} of ${possible} cells seen`,
    ...table.rows.map((row, index) => `  (${index + 1}) ${row}`),
    ...aligned([['', ...numbers], ...cells]),
    ...(empty.length > 0 ? [`  never seen: ${empty.join(', ')}`] : []),
  ]

  function textOf(column: string) {
    return (row: string) => {
      if (whyImpossible(table, row, column) !== undefined) return '–'
      return String(counts[cellName(table.title, row, column)] ?? 0)
    }
  }
}

/** Names the cells of a table that were never seen though they can be. */
export function emptyCells(table: Table, counts: Counts): string[] {
  const all = table.rows.flatMap((row) => table.columns.map((column) => [row, column] as const))
  const empty = all.filter(
    ([row, column]) =>
      whyImpossible(table, row, column) === undefined &&
      !counts[cellName(table.title, row, column)],
  )
  return empty.map(([row, column]) => `${row} × ${column}`)
}

function impossibleCells(table: Table): string[] {
  return table.rows.flatMap((row) =>
    table.columns.filter((column) => whyImpossible(table, row, column) !== undefined),
  )
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, index) =>
    Math.max(...lines.map((cells) => cells[index]?.length ?? 0)),
  )
  return lines.map(([name = '', ...cells]) => {
    const padded = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))
    return `  ${name.padEnd(widths[0] ?? 0)}  ${padded.join('  ')}`
  })
}
