import { expect, it } from 'vitest'
import { addCounts } from './counts.js'
import { Coverage } from './coverage.js'
import { describeCoverage, emptyCells } from './describe-coverage.js'
import { whyImpossible } from './table.js'
import { tables } from './tables.js'

it('counts the fault of a request, and an event once for each phase that it meets', () => {
  const coverage = new Coverage()
  coverage.noteFault('endpoint', 'list-parts', '502')
  coverage.noteFault('endpoint', 'list-parts', '502')
  coverage.noteEvent('pause', new Set(['is hashed', 'is confirmed']))

  expect(coverage.counts).toEqual({
    'page to endpoint: list-parts × 502': 2,
    'phase of a file: is hashed × pause': 1,
    'phase of a file: is confirmed × pause': 1,
  })
  expect(coverage.problems).toEqual([])
})

it('takes a cell that cannot be, or that no table has, for a problem', () => {
  const coverage = new Coverage()
  coverage.noteFault('server', 'HeadObject', 'lag')
  coverage.noteFault('server', 'PutObject', '503')

  expect(coverage.problems).toEqual([
    'COVERAGE server to S3: HeadObject × lag was reached: Of what S3 answers, only a list of parts lags.',
    'COVERAGE server to S3: PutObject × 503 was reached: No table has it.',
  ])
})

it('adds up the counts of several runs', () => {
  const sum = { both: 1, one: 2 }
  addCounts(sum, { both: 3, other: 4 })

  expect(sum).toEqual({ both: 4, one: 2, other: 4 })
})

it('names the cells that were never seen, but for those that cannot be', () => {
  const empty = emptyCells(tables.server, { 'server to S3: ListParts × lag': 1 })

  expect(empty).toContain('ListParts × 503')
  expect(empty).not.toContain('ListParts × lag')
  expect(empty).not.toContain('HeadObject × lag')
})

it('prints how often each cell was seen', () => {
  const lines = describeCoverage({ 'server to S3: ListParts × lag': 12 })

  expect(lines).toContain('server to S3: 1 of 38 cells seen')
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}lag +– +– +– +12 +– +–$/))
})

it('gives for each cell that cannot be a reason that holds for a cell', () => {
  for (const table of Object.values(tables)) {
    const reasons = new Set(
      table.rows.flatMap((row) => table.columns.map((column) => whyImpossible(table, row, column))),
    )
    for (const { reason } of table.impossible) expect(reasons).toContain(reason)
  }
})
