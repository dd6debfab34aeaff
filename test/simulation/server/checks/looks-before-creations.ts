import type { Call } from '../call-book.js'
import type { ServerRun } from '../run-server-scenario.js'

/** Before a handler begins an upload, it must have looked whether the object stands there; a first try may look meanwhile. */
export function looksBeforeCreations({ world }: ServerRun): string[] {
  const { calls, backend, history } = world
  const { requests } = backend.storage
  const creations = calls.sent.filter(({ operation }) => operation === 'CreateMultipartUpload')
  return creations.flatMap(({ call, key, atMs }, index) => {
    const looks = requests.filter(
      ({ operation, sender, key: each, atMs: lookedMs }) =>
        operation === 'HeadObject' && sender === call.number && each === key && lookedMs <= atMs,
    )
    const last = looks.at(-1)
    if (last && history.objectAt(key, last.atMs)) {
      return [`OVERLOOKED ${call.number} saw the object of ${key}, and began another`]
    }
    const isFirst = !creations
      .slice(0, index)
      .some((each) => each.call === call && each.key === key)
    if (isFirst && isFirstTry(call)) return []
    return last ? [] : [`OVERLOOKED ${call.number} began ${key} and has not looked for an object`]
  })
}

function isFirstTry({ request }: Call): boolean {
  return request.operation === 'sign-uploads' && request.attempt === 1
}
