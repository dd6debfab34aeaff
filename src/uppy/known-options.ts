import { pluginOptionTable } from './plugin-option-table.js'

/** What other uploaders of Uppy call it, and what it is here. */
const elsewhere: Readonly<Record<string, string>> = {
  limit: 'concurrency',
  autoProceed: 'autoUpload',
  withCredentials: 'credentials',
  companionUrl: 'endpoint',
  companionEndpoint: 'endpoint',
  signRequest: 'endpoint',
  getUploadParameters: 'endpoint',
}

/** Throws a `TypeError` that names every option there is not, and what may have been meant. */
export function requireKnownOptions(options: object): void {
  const unknown = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || Object.hasOwn(pluginOptionTable, name) ? [] : [name],
  )
  if (unknown.length === 0) return
  const problems = unknown.map((name) => `- ${name}: ${adviceOn(name)}`)
  throw new TypeError(
    `s3-direct-upload: S3DirectUpload has no such option:\n${problems.join('\n')}`,
  )
}

function adviceOn(name: string): string {
  const [nearest = ''] = Object.keys(pluginOptionTable).sort(
    (a, b) => distance(a, name) - distance(b, name),
  )
  const isNear = distance(nearest, name) <= 3
  const meant = Object.hasOwn(elsewhere, name) ? elsewhere[name] : isNear && nearest
  return meant ? `do you mean ${meant}?` : 'see docs/uppy.md'
}

/** @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a.toLowerCase()].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b.toLowerCase()].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
