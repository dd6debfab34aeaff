/** Writes sizes, speeds, shares and times in words of one language. */
export interface AmountFormat {
  /** `1.5 MB`; decimal units. */
  bytes(bytes: number): string
  /** `1.5 MB/s`. */
  bytesPerSecond(bytes: number): string
  /** `45%`; a share that is not the whole never reads 100%. */
  percent(share: number): string
  /** `40 sec`, `3 min` or `1 hr, 20 min`. */
  seconds(seconds: number): string
  /** `1,240`. */
  count(count: number): string
  /** The plural category of a count: `one` or `other` in English, up to six in other languages. */
  pluralForm(count: number): Intl.LDMLPluralRule
  /** `PDF, PNG`. */
  list(parts: readonly string[]): string
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Creates the formats for a language tag; an unknown one means the browser's own. */
export function createAmountFormat(language: string | undefined): AmountFormat {
  const locale = supported(language)
  const measure = (unit: string, value: number, unitDisplay: 'short' | 'long' = 'short') => {
    const isWhole = unit.startsWith('byte') || value >= 100
    return numberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay,
      maximumFractionDigits: isWhole ? 0 : 1,
    }).format(value)
  }
  const pluralRules = new Intl.PluralRules(locale)
  const durations = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
  const lists = new Intl.ListFormat(locale, { style: 'narrow' })

  return {
    bytes(bytes) {
      const [unit, value] = scale(bytes)
      return measure(unit, value, unit === 'byte' ? 'long' : 'short')
    },
    bytesPerSecond(bytes) {
      const [unit, value] = scale(bytes)
      return measure(`${unit}-per-second`, value)
    },
    percent(share) {
      const shown = share >= 1 ? 1 : Math.min(Math.floor(share * 100) / 100, 0.99)
      return numberFormat(locale, { style: 'percent' }).format(shown)
    },
    seconds(seconds) {
      if (seconds < 60) return measure('second', Math.max(Math.ceil(seconds), 1))
      const minutes = Math.ceil(seconds / 60)
      if (minutes < 60) return measure('minute', minutes)
      const parts = [measure('hour', Math.floor(minutes / 60))]
      if (minutes % 60 > 0) parts.push(measure('minute', minutes % 60))
      return durations.format(parts)
    },
    pluralForm: (count) => pluralRules.select(count),
    count: (count) => numberFormat(locale, {}).format(count),
    list: (parts) => lists.format(parts),
  }
}

const numberFormats = new Map<string, Intl.NumberFormat>()

/** Making a format takes much longer than using it. */
function numberFormat(
  locale: string | undefined,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const key = JSON.stringify([locale, options])
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(key, format)
  return format
}

/** The largest unit in which the value still reads as 1 or more, after rounding. */
function scale(bytes: number): [string, number] {
  let value = bytes
  let step = 0
  while (value >= 999.5 && step < byteUnits.length - 1) {
    value /= 1000
    step += 1
  }
  return [byteUnits[step] ?? 'byte', value]
}

/** A page may carry a `lang` that is no language tag at all; `Intl` throws on it. */
function supported(language: string | undefined): string | undefined {
  if (!language) return undefined
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0]
  } catch {
    return undefined
  }
}
