const longest = 90

/** The class of a problem: its text without names, keys and numbers. */
export function problemClass(problem: string): string {
  return problem
    .replace(/\S*\d+\.bin/g, '…')
    .replace(/\S*[0-9a-f-]{20,}\S*/g, '…')
    .replace(/-?\d+(\.\d+)?/g, '#')
    .slice(0, longest)
}
