/** Writes rows as a Markdown table, the first of them as its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  const dashes = widths.map((width) => '-'.repeat(width))
  return [head, dashes, ...body]
    .map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)))
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}
