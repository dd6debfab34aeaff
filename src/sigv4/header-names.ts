/** Never taken from a caller: `host` comes from the URL, and a signature cannot cover itself. */
const neverGiven = new Set(['host', 'authorization'])

/** Writes header names in lower case, without `host` and `authorization`. */
export function lowerCaseNames(
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const lowerCase: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const lowerCaseName = name.toLowerCase()
    if (!neverGiven.has(lowerCaseName)) lowerCase[lowerCaseName] = value
  }
  return lowerCase
}
