/** Fills in the values. A placeholder without a value goes, with the space before it: users never read one. */
export function fillText(
  text: string,
  values: Readonly<Record<string, string | number>> = {},
  writeNumber: (value: number) => string = String,
): string {
  return text.replace(/(\s*)%\{(\w+)\}/g, (_, space: string, name: string) => {
    const value = values[name]
    if (value === undefined) return ''
    return space + (typeof value === 'number' ? writeNumber(value) : value)
  })
}
