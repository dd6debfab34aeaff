import { NetworkError } from '../upload-error.js'
import type { HttpTransport, TransportRequest, TransportResponse } from './http-transport.js'

/** When a silent connection is given up. */
export interface StallLimits {
  /** Seconds without a byte sent. @default 30 */
  readonly stallTimeoutSeconds?: number
  /** Seconds from the last byte sent to the answer: proxies may still be passing them on. @default 120 */
  readonly answerTimeoutSeconds?: number
}

/**
 * Creates the transport of the browser: XMLHttpRequest, the only API there that reports upload progress.
 *
 * @see https://xhr.spec.whatwg.org/#the-upload-attribute
 */
export function createXhrTransport(limits: StallLimits = {}): HttpTransport {
  const { stallTimeoutSeconds = 30, answerTimeoutSeconds = 120 } = limits
  return {
    send: (request) =>
      new Promise<TransportResponse>((resolve, reject) => {
        if (request.signal.aborted) {
          reject(request.signal.reason)
          return
        }
        const xhr = new XMLHttpRequest()
        const watchdog = createWatchdog(() => {
          settle(() => reject(stalled(request)))
          xhr.abort()
        })
        const handleAbort = () => {
          settle(() => reject(request.signal.reason))
          xhr.abort()
        }
        const settle = (finish: () => void) => {
          watchdog.stop()
          request.signal.removeEventListener('abort', handleAbort)
          globalThis.document?.removeEventListener('securitypolicyviolation', handleViolation)
          finish()
        }

        const handleViolation = ({ blockedURI }: SecurityPolicyViolationEvent) => {
          if (blockedURI.startsWith(new URL(request.url).origin))
            settle(() => reject(forbidden(request)))
        }
        // The browser tells of a violation about when it fails the request: whichever comes first.
        const handleFailure = () => setTimeout(() => settle(() => reject(unanswered(request))))

        const { wantsProgress = true } = request
        if (wantsProgress) {
          xhr.upload.onprogress = ({ loaded, total }) => {
            watchdog.restart(stallTimeoutSeconds)
            request.onProgress(loaded, total)
          }
          xhr.upload.onload = () => watchdog.restart(answerTimeoutSeconds)
        }
        xhr.onload = () => {
          const { status, responseText } = xhr
          settle(() => resolve({ status, body: responseText }))
        }
        xhr.onerror = handleFailure
        // Safari reports a dropped connection as an abort: whatever is not ours is the network's.
        xhr.onabort = handleFailure

        request.signal.addEventListener('abort', handleAbort)
        globalThis.document?.addEventListener('securitypolicyviolation', handleViolation)
        watchdog.restart(wantsProgress ? stallTimeoutSeconds : answerTimeoutSeconds)
        try {
          open(xhr, request)
        } catch (error) {
          settle(() => reject(error))
        }
      }),
  }
}

function open(xhr: XMLHttpRequest, { method, url, headers, body }: TransportRequest): void {
  xhr.open(method, url)
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  xhr.send(body)
}

function createWatchdog(onSilence: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  return {
    stop,
    restart(seconds: number) {
      stop()
      timer = setTimeout(onSilence, seconds * 1000)
    },
  }
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
