import { anySignal } from '../any-signal.js'
import { parseUrl } from '../parse-url.js'
import { isNetworkError, NetworkError, type UploadError } from '../upload-error.js'

/** Asks whether anything answers at all at an origin, whether or not this page may read the answer. */
export type Probe = (origin: string) => Promise<boolean>

/** An origin that has not answered a question as small as this one for so long does not answer at all. */
const probeTimeoutMs = 10_000

/**
 * Tells what a browser hides behind a failed request, as far as a further question can: whether the storage cannot be
 * reached, or answers and does not let this page read it.
 */
export async function explainNetworkError(error: UploadError, probe: Probe): Promise<UploadError> {
  if (!isNetworkError(error) || error.code !== 'network') return error
  const url = parseUrl(error.url ?? '')
  if (!url) return error
  const { origin, host } = url
  const facts = { url: error.url, cause: error }
  if (!(await probe(origin))) {
    return new NetworkError(
      `The storage at ${host} cannot be reached. Check the internet connection, and whether a firewall or an extension of the browser blocks it.`,
      { ...facts, code: 'unreachable' },
    )
  }
  return new NetworkError(
    `The storage at ${host} can be reached, but the browser lets this page read no answer, or the connection was closed in mid-upload. Most often the bucket’s CORS rules lack this page’s origin (${globalThis.location?.origin}), the method (POST or PUT), or a header.`,
    { ...facts, code: 'cors' },
  )
}

/** Creates a probe that files which fail together ask only once. */
export function createProbe(): Probe {
  const answers = new Map<string, Promise<boolean>>()
  return (origin) => {
    const known = answers.get(origin)
    if (known !== undefined) return known
    const answer = isReachable(origin)
    answers.set(origin, answer)
    setTimeout(() => answers.delete(origin), probeTimeoutMs)
    return answer
  }
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response-opaque */
async function isReachable(origin: string): Promise<boolean> {
  const { signal, release } = anySignal([], probeTimeoutMs)
  try {
    await fetch(origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal })
    return true
  } catch {
    return false
  } finally {
    release()
  }
}
