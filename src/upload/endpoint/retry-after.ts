import { parseDate } from '../../s3/date-text.js'

/** A date that only the clock of this computer can measure is believed up to so many seconds: that clock may be wrong. */
const maxUnmeasuredSeconds = 120

/**
 * How long an answer asks to wait, in seconds; undefined when it does not, or not in a readable way.
 *
 * A date counts from the answer's own `Date`, since the clock of this computer may be wrong by hours.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(headers: Headers, wallNow: () => number): number | undefined {
  const asked = headers.get('retry-after')?.trim() ?? ''
  const seconds = /^\d+(\.\d+)?$/.test(asked)
    ? Number(asked)
    : secondsUntil(asked, headers, wallNow)
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined
}

function secondsUntil(asked: string, headers: Headers, wallNow: () => number): number {
  const until = parseHttpDate(asked) ?? Number.NaN
  const sent = parseHttpDate(headers.get('date') ?? '')
  if (sent !== undefined) return (until - sent) / 1000
  // Another origin may hide its `Date`.
  const seconds = (until - wallNow()) / 1000
  return seconds > maxUnmeasuredSeconds ? Number.NaN : seconds
}

/** Reads a date of HTTP, of which the oldest form names no zone; other dates are refused. */
function parseHttpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8}[, ]/.test(text)) return undefined
  return parseDate(text.endsWith('GMT') ? text : `${text} GMT`)
}
