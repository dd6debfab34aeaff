import type { Runtime } from '../../async/runtime.js'
import { NetworkError } from '../errors/upload-error.js'
import type { HttpTransport, TransportRequest, TransportResponse } from './http-transport.js'
import { SilenceWatch, type StallLimits } from './silence-watch.js'

/**
 * Creates the transport of the browser: XMLHttpRequest, the only API there that reports upload progress.
 *
 * @see https://xhr.spec.whatwg.org/#the-upload-attribute
 */
export function createXhrTransport(runtime: Runtime, limits: StallLimits = {}): HttpTransport {
  const silence = new SilenceWatch(limits, runtime)
  return {
    async send(request) {
      request.signal.throwIfAborted()
      const removals: (() => void)[] = []
      const answer = new Promise<TransportResponse>((resolve, reject) => {
        const xhr = new XMLHttpRequest()
        xhr.onload = () =>
          resolve({ status: xhr.status, body: xhr.responseText, etag: etagOf(xhr) })
        // The browser tells of a violation about when it fails the request: whichever comes first.
        const handleFailure = () => runtime.setTimer(() => reject(unanswered(request)), 0)
        xhr.onerror = handleFailure
        // Safari reports a dropped connection as an abort: whatever is not ours is the network's.
        xhr.onabort = handleFailure

        const giveUp = (reason: unknown) => {
          reject(reason)
          xhr.abort()
        }
        const handleAbort = () => giveUp(request.signal.reason)
        request.signal.addEventListener('abort', handleAbort)
        const handleViolation = (violation: SecurityPolicyViolationEvent) => {
          if (isAbout(request, violation)) giveUp(forbidden(request))
        }
        globalThis.document?.addEventListener('securitypolicyviolation', handleViolation)
        const onSilence = () => giveUp(stalled(request))
        // By hand: a listener that another signal removes is held weakly, and may never hear anything.
        removals.push(
          silence.watch(xhr, request, onSilence),
          () => request.signal.removeEventListener('abort', handleAbort),
          () => {
            globalThis.document?.removeEventListener('securitypolicyviolation', handleViolation)
          },
        )
        open(xhr, request)
      })
      return await answer.finally(() => {
        for (const remove of removals) remove()
      })
    },
  }
}

function open(xhr: XMLHttpRequest, { method, url, headers, body }: TransportRequest): void {
  xhr.open(method, url)
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  xhr.send(body)
}

/** Read from all: a browser complains in the console when asked for a header that is not exposed. */
function etagOf(xhr: XMLHttpRequest): string | undefined {
  return /^etag:\s*(.*\S)/im.exec(xhr.getAllResponseHeaders())?.[1]
}

/** A policy may only report, and it may forbid other things of the same origin, such as pictures. */
function isAbout(
  { url }: TransportRequest,
  { blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent,
): boolean {
  const isEnforced = disposition === 'enforce' && effectiveDirective === 'connect-src'
  return isEnforced && blockedURI.startsWith(new URL(url).origin)
}

function unanswered({ url }: TransportRequest): NetworkError {
  return new NetworkError(
    'No answer came from the storage. Check the internet connection; if it is fine, the bucket’s CORS rules or the page’s Content-Security-Policy (connect-src) may not allow this page to upload.',
    { code: 'network', url },
  )
}

function stalled({ url }: TransportRequest): NetworkError {
  return new NetworkError(
    'The connection to the storage stopped moving. Check the internet connection.',
    {
      code: 'stalled',
      url,
    },
  )
}

function forbidden({ url }: TransportRequest): NetworkError {
  const { origin } = new URL(url)
  return new NetworkError(
    `The page’s Content-Security-Policy does not let it send anything to ${origin}. Add that origin to its connect-src.`,
    { code: 'blocked-by-policy', url },
  )
}
