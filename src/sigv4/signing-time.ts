/** Kept, because the time of a request is written several times for each of a hundred signatures. */
let last = { timeMs: Number.NaN, text: '' }

const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/**
 * Writes a time as signatures carry it: `20151229T000000Z`, in UTC and whole seconds.
 *
 * @throws RangeError when the date is invalid.
 */
export function amzDate(date: Date): string {
  const timeMs = date.getTime()
  if (timeMs !== last.timeMs) last = { timeMs, text: compactTime(date) }
  return last.text
}

/** Reads `20151229T000000Z`; anything else, also a day that does not exist, is `undefined`. */
export function parseAmzDate(text: string): Date | undefined {
  if (!form.test(text)) return undefined
  const date = new Date(text.replace(form, '$1-$2-$3T$4:$5:$6Z'))
  // `Date` rolls some impossible days over into the next month.
  return !Number.isNaN(date.getTime()) && amzDate(date) === text ? date : undefined
}

function compactTime(date: Date): string {
  const iso = date.toISOString()
  const day = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10)
  return `${day}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}
