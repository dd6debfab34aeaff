/**
 * Reads a whole number of the command line.
 *
 * @throws TypeError when it is none, or too small.
 */
export function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least && text.trim() !== '') return number
  throw new TypeError(`--${name} ${text}: it takes a whole number from ${least}.`)
}

/**
 * Reads a number of the command line that need not be whole.
 *
 * @throws TypeError when it is none, or not above 0.
 */
export function positiveNumber(name: string, text: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new TypeError(`--${name} ${text}: it takes a number above 0.`)
}
