import { s3UploadIdIn } from '../held-upload.js'
import type { ServerRun } from '../run-server-scenario.js'
import { answeredWith } from './call-entries.js'

/** An upload whose abort was confirmed must not be open, nor any other of its key that was there before. */
export function abortedUploads({ world }: ServerRun): string[] {
  const { calls, history } = world
  const problems: string[] = []
  for (const { call, endedMs, request, response } of answeredWith(calls.calls, 'abort-uploads')) {
    const isBlind = call.hits.some(({ fault }) => fault.kind === 'lag')
    for (const [index, entry] of response.uploads.entries()) {
      if ('error' in entry) continue
      const own = history.uploads.get(s3UploadIdIn(request.tokens[index] ?? '') ?? '')
      if (!own) continue
      const isOpen = (own.endedMs ?? Number.POSITIVE_INFINITY) > endedMs
      if (isOpen) problems.push(`OPEN ${own.key} was aborted, and is open`)
      // Of an abandoned call, another one may be what the page continues.
      if (isBlind || call.abandonedMs !== undefined) continue
      const others = [...history.uploads.values()].filter(
        ({ key, begunMs, endedMs: goneMs = Number.POSITIVE_INFINITY }) =>
          key === own.key && begunMs < call.beganMs && goneMs > endedMs,
      )
      for (const { uploadId } of others) {
        if (uploadId !== own.uploadId) problems.push(`OPEN ${own.key} has another one open`)
      }
    }
  }
  return problems
}
