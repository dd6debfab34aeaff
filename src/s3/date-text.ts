/** Writes a time, in milliseconds since 1970, as HTTP headers have it: `Wed, 21 Oct 2015 07:28:00 GMT`. */
export function formatHttpDate(timeMs: number): string {
  return new Date(timeMs).toUTCString()
}

/** Writes a time, in milliseconds since 1970, as S3's documents have it: `2015-10-21T07:28:00.000Z`. */
export function formatIsoDate(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

/** Reads a time of HTTP or ISO 8601 into milliseconds since 1970; any other text is `undefined`. */
export function parseDate(text: string): number | undefined {
  const timeMs = Date.parse(text)
  return Number.isNaN(timeMs) ? undefined : timeMs
}

/** Makes the `Date` of a time in milliseconds since 1970, or of its text, for values that an app reads. */
export function toDate(time: number | string | Date): Date {
  return new Date(time)
}
