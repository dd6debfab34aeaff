import { type Counts, cellName } from './counts.js'
import { tables } from './tables.js'

/** Counts by the numbers of their cells, short enough to keep millions; the same source numbers cells the same. */
export type NumberedCounts = readonly (readonly [cell: number, count: number])[]

const cells = Object.values(tables).flatMap(({ title, rows, columns }) =>
  rows.flatMap((row) => columns.map((column) => cellName(title, row, column))),
)
const numbers: ReadonlyMap<string, number> = new Map(cells.map((cell, number) => [cell, number]))

/** Puts numbers for the names of cells; what no table has is left out. */
export function numberCells(counts: Counts): NumberedCounts {
  return Object.entries(counts).flatMap(([cell, count]) => {
    const number = numbers.get(cell)
    return number === undefined ? [] : [[number, count] as const]
  })
}

/** Puts the names of cells for their numbers. */
export function nameCells(counts: NumberedCounts): Counts {
  return Object.fromEntries(
    counts.flatMap(([number, count]) => {
      const cell = cells[number]
      return cell === undefined ? [] : [[cell, count] as const]
    }),
  )
}
