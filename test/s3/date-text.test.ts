import { describe, expect, it } from 'vitest'
import { formatHttpDate, formatIsoDate, parseDate, toDate } from '../../src/s3/date-text.js'

const timeMs = Date.UTC(2015, 9, 21, 7, 28)
const httpText = 'Wed, 21 Oct 2015 07:28:00 GMT'
const isoText = '2015-10-21T07:28:00.000Z'

describe('the text of a time', () => {
  it('is that of HTTP or of ISO 8601, in UTC', () => {
    expect(formatHttpDate(timeMs)).toBe(httpText)
    expect(formatIsoDate(timeMs)).toBe(isoText)
  })

  it.each([httpText, isoText])('reads back: %s', (text) => {
    expect(parseDate(text)).toBe(timeMs)
  })

  it.each(['', 'yesterday', '2015-13-45T00:00:00Z'])('is no time: %j', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })

  it('becomes a Date for the app', () => {
    expect(toDate(timeMs)).toEqual(new Date(isoText))
  })
})
