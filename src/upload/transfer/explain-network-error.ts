import { anySignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'
import { parseUrl } from '../../s3/parse-url.js'
import { isNetworkError, NetworkError, type UploadError } from '../errors/upload-error.js'
import { watchEmbedderPolicy } from './embedder-policy.js'

/**
 * Asks whether anything answers at all at an origin, whether or not this page may read the answer; undefined when the
 * browser does not let the page know.
 */
export type Probe = (origin: string) => Promise<boolean | undefined>

/** An origin that has not answered a question as small as this one for so long does not answer at all. */
const probeTimeoutMs = 10_000

/**
 * Tells what a browser hides behind a failed request, as far as a further question can: whether the storage cannot be
 * reached, or answers and does not let this page read it.
 */
export async function explainNetworkError(
  error: UploadError,
  probe: Probe,
  { hasAnswered }: { readonly hasAnswered: boolean },
): Promise<UploadError> {
  if (!isNetworkError(error) || error.code !== 'network') return error
  const url = parseUrl(error.url ?? '')
  if (!url) return error
  const { origin, host } = url
  const facts = { url: error.url, cause: error }
  const isReachable = await probe(origin)
  if (isReachable === false) {
    return new NetworkError(
      `The storage at ${host} cannot be reached. Check the internet connection, and whether a firewall or an extension of the browser blocks it.`,
      { ...facts, code: 'unreachable' },
    )
  }
  if (hasAnswered) {
    return new NetworkError(
      `The connection to the storage at ${host} breaks off before the file, or a part of it, is through. Try again where the connection is better.`,
      { ...facts, code: 'network' },
    )
  }
  const found = isReachable
    ? 'can be reached, but the browser lets this page read no answer.'
    : 'cannot be reached, or the browser lets this page read no answer: under this page’s Cross-Origin-Embedder-Policy both look alike.'
  return new NetworkError(
    `The storage at ${host} ${found} Most often the bucket’s CORS rules lack this page’s origin (${globalThis.location?.origin}), the method (POST or PUT), or a header.`,
    { ...facts, code: 'cors' },
  )
}

/** Creates a probe that files which fail together ask only once. */
export function createProbe(runtime: Runtime): Probe {
  const answers = new Map<string, Promise<boolean | undefined>>()
  return (origin) => {
    const known = answers.get(origin)
    if (known !== undefined) return known
    const answer = look(origin, runtime)
    answers.set(origin, answer)
    runtime.setTimer(() => answers.delete(origin), probeTimeoutMs)
    return answer
  }
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response-opaque */
async function look(origin: string, runtime: Runtime): Promise<boolean | undefined> {
  const policy = watchEmbedderPolicy(origin, runtime)
  const { signal, release } = anySignal([], { timeoutMs: probeTimeoutMs, runtime })
  try {
    await fetch(origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal })
    return true
  } catch {
    return await policy.hasHiddenAnswer()
  } finally {
    policy.stop()
    release()
  }
}
