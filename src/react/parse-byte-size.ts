const bytesPerUnit: Readonly<Record<string, number>> = {
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

/**
 * Reads a size such as `'10MB'` (decimal: 10,000,000), `'5GiB'` (binary: 5 × 2³⁰) or a number of bytes.
 *
 * @throws RangeError that names the option when it is neither.
 */
export function parseByteSize(size: number | string, option: string): number {
  const bytes = typeof size === 'number' ? size : parseText(size)
  if (bytes === undefined || !Number.isFinite(bytes) || bytes < 0) {
    throw new RangeError(
      `s3-direct-upload: \`${option}\` is ${typeof size === 'string' ? `'${size}'` : size}, which is not a size. ` +
        "Give a number of bytes, or text such as '10MB' or '5GiB'.",
    )
  }
  return Math.floor(bytes)
}

function parseText(text: string): number | undefined {
  const [, amount, unit = 'b'] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)?\s*$/i.exec(text) ?? []
  const factor = bytesPerUnit[unit.toLowerCase()]
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}
