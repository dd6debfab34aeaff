const units: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

const sizeText = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgt]?i?b)?$/i

/** A number of bytes, or text such as `'5GB'` (decimal, 5·10⁹ bytes) or `'5GiB'` (binary, 5·2³⁰ bytes). */
export type Size = number | string

/**
 * Reads a size and returns whole bytes, or `undefined` when it is none.
 *
 * @example
 * parseSize('1.5 MB') // 1500000
 * parseSize('1.5 MiB') // 1572864
 */
export function parseSize(size: unknown): number | undefined {
  if (typeof size === 'number') return byteCount(size)
  if (typeof size !== 'string') return undefined
  const [, amount, unit = 'b'] = sizeText.exec(size.trim()) ?? []
  const factor = units[unit.toLowerCase()]
  if (amount === undefined || factor === undefined) return undefined
  return byteCount(Math.round(Number(amount) * factor))
}

/** Writes bytes for a person, in decimal units: `1.5 MB`. */
export function formatSize(bytes: number): string {
  if (bytes === 1) return '1 byte'
  if (bytes < 1000) return `${bytes} bytes`
  const names = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(names.length, Math.floor(Math.log10(bytes) / 3))
  const amount = Number((bytes / 1000 ** power).toFixed(2))
  return `${amount} ${names[power - 1]}`
}

function byteCount(bytes: number): number | undefined {
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined
}
