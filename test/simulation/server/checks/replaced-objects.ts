import type { ServerRun } from '../run-server-scenario.js'

/** What Ceph 16 does not heed, the handler can only look for before. */
const heedsCondition = { aws: true, rgw20: true, r2: true, rgw16: false }

/** An object of a multipart upload must not be replaced by another one. */
export function replacedObjects({ world }: ServerRun): string[] {
  if (!heedsCondition[world.scenario.server.profile]) return []
  const completed = new Map<string, string | undefined>()
  const problems: string[] = []
  for (const { operation, status, key = '', uploadId } of world.backend.storage.requests) {
    if (operation !== 'CompleteMultipartUpload' || status !== 200) continue
    const isReplaced = completed.has(key) && completed.get(key) !== uploadId
    if (isReplaced) problems.push(`REPLACED ${key} by another upload`)
    completed.set(key, uploadId)
  }
  return problems
}
