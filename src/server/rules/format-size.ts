/** Writes bytes for a person, in decimal units: `1.5 MB`. */
export function formatSize(bytes: number): string {
  if (bytes === 1) return '1 byte'
  if (bytes < 1000) return `${bytes} bytes`
  const names = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(names.length, Math.floor(Math.log10(bytes) / 3))
  const amount = Number((bytes / 1000 ** power).toFixed(2))
  return `${amount} ${names[power - 1]}`
}
