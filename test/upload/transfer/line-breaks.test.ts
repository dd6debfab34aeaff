import { expect, it } from 'vitest'
import { LineBreaks } from '../../../src/upload/transfer/line-breaks.js'

const mebibyte = 2 ** 20

/** A line on which `running` requests are lost together. */
function breakAt(line: LineBreaks, now: number, running: number): void {
  for (let lost = 0; lost < running; lost += 1) line.noteLoss({ now, running: running - lost })
}

it('a line that has not broken has no bound', () => {
  const line = new LineBreaks()
  line.noteArrived(10)

  expect(line.maxBytes).toBe(Number.POSITIVE_INFINITY)
})

it('one loss among many is no break, nor are several at different times', () => {
  const line = new LineBreaks()
  for (const now of [0, 2000, 4000, 6000]) line.noteLoss({ now, running: 6 })

  expect(line.maxBytes).toBe(Number.POSITIVE_INFINITY)
})

it('half of those under way lost at the same time are a break', () => {
  const line = new LineBreaks()
  for (const now of [0, 10, 900]) line.noteLoss({ now, running: 6 })

  expect(line.maxBytes).toBe(mebibyte)
})

it('only the first loss of a group says that others may be lost too', () => {
  const line = new LineBreaks()

  expect(line.noteLoss({ now: 0, running: 3 })).toBe(true)
  expect(line.noteLoss({ now: 5, running: 3 })).toBe(false)
  expect(line.noteLoss({ now: 5000, running: 1 })).toBe(false)
})

it('as long as nothing has arrived since, a part goes alone, however good the line was', () => {
  const line = new LineBreaks()
  line.noteArrived(1000 * mebibyte)
  breakAt(line, 0, 6)

  expect(line.maxBytes).toBe(mebibyte)
  line.noteArrived(5 * mebibyte)
  expect(line.maxBytes).toBe(250 * mebibyte)
})

it('a quarter of what passes between breaks may be in flight, more as more arrives', () => {
  const line = new LineBreaks()
  for (const [index, arrived] of [40, 8, 12].entries()) {
    line.noteArrived(arrived * mebibyte)
    breakAt(line, index * 10_000, 2)
  }
  line.noteArrived(mebibyte)
  expect(line.maxBytes).toBe(3 * mebibyte)

  line.noteArrived(99 * mebibyte)
  expect(line.maxBytes).toBe(25 * mebibyte)
})
