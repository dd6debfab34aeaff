import { describe, expect, it } from 'vitest'
import { retryAfterSeconds } from '../../../src/upload/endpoint/retry-after.js'

const sent = Date.UTC(2026, 10, 29, 12, 0, 0)
const hour = 3_600_000
const asDate = (ms: number) => new Date(ms).toUTCString()

/** What is read from these headers on a computer whose clock is off by so much. */
function read(headers: Record<string, string>, skewMs = 0): number | undefined {
  return retryAfterSeconds(new Headers(headers), () => sent + skewMs)
}

describe('Retry-After as a date', () => {
  it.each([
    ['right', 0],
    ['six minutes behind', -hour / 10],
    ['two hours behind', -2 * hour],
    ['two hours ahead', 2 * hour],
    ['years behind', -30_000 * hour],
  ])('counts from the Date of the answer on a computer whose clock is %s', (_clock, skewMs) => {
    const headers = { date: asDate(sent), 'retry-after': asDate(sent + 5000) }

    expect(read(headers, skewMs)).toBe(5)
  })

  it.each([
    ['as it is today', 'Sun, 29 Nov 2026 12:00:07 GMT'],
    ['as RFC 850 wrote it', 'Sunday, 29-Nov-26 12:00:07 GMT'],
    ['as asctime wrote it, which names no zone', 'Sun Nov 29 12:00:07 2026'],
  ])('is read %s', (_form, date) => {
    expect(read({ date: asDate(sent), 'retry-after': date })).toBe(7)
  })

  it('counts from the clock of the computer where the answer hides its Date', () => {
    expect(read({ 'retry-after': asDate(sent + 5000) })).toBe(5)
  })

  it.each([
    ['hours behind, which would wait for hours', -2 * hour],
    ['hours ahead, which would not wait at all', 2 * hour],
  ])('asks for nothing where the Date is hidden and the clock is %s', (_clock, skewMs) => {
    expect(read({ 'retry-after': asDate(sent + 5000) }, skewMs)).toBeUndefined()
  })

  it('that is over asks for nothing', () => {
    expect(read({ date: asDate(sent), 'retry-after': asDate(sent - 5000) })).toBeUndefined()
  })

  it('counts from the clock of the computer where the Date is garbage', () => {
    expect(read({ date: 'yesterday', 'retry-after': asDate(sent + 5000) })).toBe(5)
  })
})

describe('Retry-After in seconds', () => {
  it.each([
    ['7', 7],
    [' 7 ', 7],
    ['1.5', 1.5],
    ['86400', 86_400],
    ['0', undefined],
    ['-5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['Infinity', undefined],
    ['1e9', undefined],
    ['0x10', undefined],
    ['9'.repeat(400), undefined],
    ['120, 60', undefined],
    ['2026-11-29T12:00:07Z', undefined],
    ['Never', undefined],
  ])('reads %j as %s', (value, seconds) => {
    expect(read({ date: asDate(sent), 'retry-after': value })).toBe(seconds)
  })
})

it('no Retry-After asks for nothing', () => {
  expect(read({})).toBeUndefined()
})
