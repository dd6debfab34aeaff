import { s3UploadIdIn } from '../held-upload.js'
import type { ServerRun } from '../run-server-scenario.js'
import { answeredWith } from './call-entries.js'

/** What list-parts says must be so: each part that S3 had taken before, and no end of what is open. */
export function listedParts({ world }: ServerRun): string[] {
  const { calls, history, backend } = world
  const problems: string[] = []
  for (const { call, endedMs, request, response } of answeredWith(calls.calls, 'list-parts')) {
    const life = history.uploads.get(s3UploadIdIn(request.token) ?? '')
    if (!life || call.hits.some(({ fault }) => fault.kind === 'lag')) continue
    const isOver = (life.endedMs ?? Number.POSITIVE_INFINITY) < call.beganMs
    const isOpen = (life.endedMs ?? Number.POSITIVE_INFINITY) > endedMs
    const isWrong = response.state === 'open' ? isOver : isOpen
    if (isWrong) problems.push(`PARTS ${life.key} is called ${response.state}`)
    if (response.state !== 'open') continue
    const listed = new Set(response.parts.map(({ partNumber }) => partNumber))
    const missing = backend.storage.requests.filter(
      ({ operation, uploadId, status, atMs, partNumber = 0 }) =>
        operation === 'UploadPart' &&
        uploadId === life.uploadId &&
        status === 200 &&
        atMs < call.beganMs &&
        !listed.has(partNumber),
    )
    if (missing.length > 0) problems.push(`PARTS ${life.key} lacks ${missing.length} in the list`)
  }
  return problems
}
