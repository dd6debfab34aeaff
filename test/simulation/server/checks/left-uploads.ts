import type { Call } from '../call-book.js'
import { s3UploadIdIn } from '../held-upload.js'
import type { ServerRun } from '../run-server-scenario.js'
import { answeredWith } from './call-entries.js'

/** A file that is signed again must go on with the upload that is open, also under a secret that is older. */
export function leftUploads({ world }: ServerRun): string[] {
  const { calls, history, scenario } = world
  if (scenario.events.some(({ kind }) => kind === 'hang')) return []
  const lives = [...history.uploads.values()]
  return answeredWith(calls.calls, 'sign-uploads').flatMap(
    ({ call, endedMs, request, response }) => {
      if (request.attempt === 1 || call.hits.length > 0) return []
      return response.files.flatMap((entry) => {
        if ('error' in entry) return []
        const taken = history.uploads.get(s3UploadIdIn(entry.token) ?? '')
        if (taken?.begunBy !== call.number) return []
        const left = lives.find(
          ({ begunBy, begunMs, endedMs: goneMs = Number.POSITIVE_INFINITY }) =>
            begunMs < call.beganMs && goneMs > endedMs && isFor(calls.find(begunBy ?? 0), entry.id),
        )
        return left ? [`LEFT ${left.key} is open, and ${entry.key} was begun in its place`] : []
      })
    },
  )
}

/** Of a call about several files it cannot be told which it has begun. */
function isFor(call: Call | undefined, id: string): boolean {
  if (call?.request.operation !== 'sign-uploads') return false
  const { files } = call.request
  return files.length === 1 && files[0]?.id === id
}
