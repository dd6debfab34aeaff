import { expect, it } from 'vitest'
import { createAmountFormat } from '../../../src/react/text/amount-format.js'

const english = createAmountFormat('en')

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1536, '1.5 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [10_000_000, '10 MB'],
  [5_368_709_120, '5.4 GB'],
  [2e15, '2,000 TB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(english.bytes(bytes)).toBe(text)
})

it('writes a share below the whole as less than 100%', () => {
  expect(english.percent(0.999)).toBe('99%')
  expect(english.percent(1)).toBe('100%')
  expect(english.percent(0.456)).toBe('45%')
})

it.each([
  [0.2, '1 sec'],
  [42.1, '43 sec'],
  [61, '2 min'],
  [3600, '1 hr'],
  [5400, '1 hr, 30 min'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(english.seconds(seconds)).toBe(text)
})

it('writes in the language of the page', () => {
  const german = createAmountFormat('de')

  expect(german.bytes(1_500_000)).toBe('1,5 MB')
  expect(german.bytesPerSecond(1_500_000)).toBe('1,5 MB/s')
})

it.each([
  ['en', 'PDF, PNG, ZIP'],
  ['de', 'PDF, PNG und ZIP'],
  ['ja', 'PDF、PNG、ZIP'],
])('lists in %s: %s', (language, text) => {
  expect(createAmountFormat(language).list(['PDF', 'PNG', 'ZIP'])).toBe(text)
})

it.each([undefined, '', 'not a language', 'x'])(
  'takes %j for the browser’s own language',
  (tag) => {
    expect(createAmountFormat(tag).bytes(2)).toContain('2')
  },
)
