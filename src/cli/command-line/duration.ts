import { InvalidArgumentError } from 'commander'

const secondsOf = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/**
 * Reads a duration such as `90s`, `15m`, `1h` or `7d` in seconds; a bare number counts seconds.
 *
 * @throws InvalidArgumentError when it is none.
 */
export function parseDuration(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(text) ?? []
  if (amount === undefined) {
    throw new InvalidArgumentError('Write a number and a unit: 90s, 15m, 1h or 7d.')
  }
  return Number(amount) * secondsOf[unit as keyof typeof secondsOf] // The pattern takes no other.
}
