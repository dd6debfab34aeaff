const longest = 90

/** The class of a problem: its first word and its kind, without names, keys, numbers and further details. */
export function problemClass(problem: string): string {
  const text = problem
    .replace(/\S*\d+\.bin/g, '…')
    .replace(/\S*[0-9a-f-]{20,}\S*/g, '…')
    .replace(/-?\d+(\.\d+)?/g, '#')
  const [kind = '', detail] = text.split(/: |, /)
  return (detail === undefined ? kind : `${kind}: ${detail}`).slice(0, longest)
}
