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
  const names = Object.keys(pluginOptionTable)
  const [nearest] = [0, 1, 2, 3].flatMap((changes) =>
    names.filter((known) => isNear(known.toLowerCase(), name.toLowerCase(), changes)),
  )
  const meant = Object.hasOwn(elsewhere, name) ? elsewhere[name] : nearest
  return meant ? `do you mean ${meant}?` : 'see docs/uppy.md'
}

/** Whether so many letters more, less or changed make one word of the other. */
function isNear(a: string, b: string, changes: number): boolean {
  if (changes < 0) return false
  if (a === b) return true
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)]
  if (a[0] === b[0]) return isNear(restOfA, restOfB, changes)
  const left = changes - 1
  return isNear(restOfA, b, left) || isNear(a, restOfB, left) || isNear(restOfA, restOfB, left)
}
