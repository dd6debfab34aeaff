import type { FileContentFacts } from './upload-record.js'

type IsSame = (a: FileContentFacts, b: FileContentFacts) => boolean

/** How two files are compared, fact by fact; a new fact has to say it. */
const comparisons: readonly IsSame[] = Object.values({
  name: (a, b) => a.name === b.name,
  type: (a, b) => a.type === b.type,
  size: (a, b) => a.size === b.size,
  relativePath: (a, b) => a.relativePath === b.relativePath,
  metadata: (a, b) => JSON.stringify(a.metadata) === JSON.stringify(b.metadata),
  source: (a, b) => a.source === b.source,
  // Neither the server nor the bucket knows of it.
  resumeFrom: () => true,
} satisfies Record<keyof FileContentFacts, IsSame>)

/** Whether nothing of a file has changed that the server or the bucket knows of it. */
export function isSameFile(a: FileContentFacts, b: FileContentFacts): boolean {
  return comparisons.every((isSame) => isSame(a, b))
}
