import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amzDate, parseAmzDate } from '../../src/sigv4/signing-time.js'
import { fixedRuns, times } from './generated-requests.js'

test('amzDate writes UTC without punctuation and drops milliseconds', () => {
  expect(amzDate(new Date('2015-12-29T01:02:03.999Z'))).toBe('20151229T010203Z')
})

test('amzDate refuses an invalid date', () => {
  expect(() => amzDate(new Date(Number.NaN))).toThrow(RangeError)
})

describe('parseAmzDate', () => {
  test('reads what amzDate wrote', () => {
    fc.assert(
      fc.property(times, (time) => {
        expect(parseAmzDate(amzDate(time))).toEqual(time)
      }),
      fixedRuns,
    )
  })

  test.each([
    '',
    '20151229',
    '2015-12-29T00:00:00Z',
    '20151229T000000',
    '20150230T000000Z',
    '20151329T000000Z',
    '20151229T240000Z',
    '20151229T000060Z',
    ' 20151229T000000Z',
  ])('does not read %j', (text) => {
    expect(parseAmzDate(text)).toBeUndefined()
  })
})
