import { anySignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'
import type { TransportRequest } from './http-transport.js'

/** When a silent connection is given up. */
export interface StallLimits {
  /** Seconds without a byte, once some were sent. @default 30 */
  readonly stallTimeoutSeconds?: number
  /** Seconds to the first byte sent, and from the last to the answer: proxies may still be passing them on. @default 120 */
  readonly answerTimeoutSeconds?: number
  /** What even a slow line moves in a second, where the browser tells nothing of it. @default 8192 */
  readonly minBytesPerSecond?: number
  /** Whether a small question to this origin gets no answer of any kind. @default asked with `fetch` */
  readonly isSilent?: (origin: string, timeoutMs: number) => Promise<boolean>
}

/** Browsers open so many connections to a host: a question beside them would wait for one of theirs. */
const maxConnections = 6

/** A line that is slow needs this many times longer at most. */
const maxPatience = 4

/** What all requests of a page have shown of when a silence means something. */
export class SilenceWatch {
  readonly #limits: StallLimits
  readonly #runtime: Runtime
  /** Whether this browser reports progress at all. */
  #hasReported = false
  #running = 0
  /** How many times the limits a living connection of this line may be silent, as far as was seen. */
  #patience = 1

  constructor(limits: StallLimits, runtime: Runtime) {
    this.#limits = limits
    this.#runtime = runtime
  }

  /** Calls `onSilence` when the request is given up, unless what it returns is called before. */
  watch(
    xhr: XMLHttpRequest,
    { url, body, wantsProgress = true, onProgress }: TransportRequest,
    onSilence: () => void,
  ): () => void {
    const {
      stallTimeoutSeconds = 30,
      answerTimeoutSeconds = 120,
      minBytesPerSecond = 8192,
    } = this.#limits
    const timer = new SilenceTimer(this.#runtime)
    let isReporting = false
    let hasEnded = false
    const giveUp = () => {
      if (isReporting) this.#patience = Math.min(this.#patience * 2, maxPatience)
      onSilence()
    }
    const hear = (seconds: number) => {
      if (isReporting) timer.noteEnd()
      this.#hasReported = true
      isReporting = true
      timer.start(seconds * this.#patience, giveUp)
    }
    const lookAgain = async (leftSeconds: number) => {
      const isHopeless = leftSeconds <= 0 || this.#canReport || (await this.#isDead(url))
      if (isReporting || hasEnded) return
      if (isHopeless) giveUp()
      else
        timer.start(answerTimeoutSeconds, () => void lookAgain(leftSeconds - answerTimeoutSeconds))
    }

    this.#running += 1
    const stop = () => {
      hasEnded = true
      this.#running -= 1
      timer.stop()
    }
    // A request may wait for a connection while other tabs or uploaders use all that the browser opens to a host.
    timer.start(answerTimeoutSeconds, () => void lookAgain(sizeOf(body) / minBytesPerSecond))
    if (!wantsProgress) return stop
    xhr.upload.onprogress = ({ loaded, total }) => {
      // Firefox says here that all is sent, and `load` comes only with the answer.
      hear(loaded >= total ? answerTimeoutSeconds : stallTimeoutSeconds)
      onProgress(loaded, total)
    }
    xhr.upload.onload = () => hear(answerTimeoutSeconds)
    xhr.addEventListener('load', () => {
      if (isReporting) timer.noteEnd()
      const needed = 2 * timer.longest * this.#patience
      this.#patience = Math.min(Math.max(this.#patience / 2, needed, 1), maxPatience)
    })
    return stop
  }

  /** Through a service worker that passes requests on, a browser reports no progress. */
  get #canReport(): boolean {
    return this.#hasReported && !globalThis.navigator?.serviceWorker?.controller
  }

  async #isDead(url: string): Promise<boolean> {
    if (this.#running >= maxConnections) return false
    const { answerTimeoutSeconds = 120 } = this.#limits
    const { isSilent = (...asked) => asksInVain(...asked, this.#runtime) } = this.#limits
    return await isSilent(new URL(url).origin, (answerTimeoutSeconds * 1000) / 4)
  }
}

/** Measures the silences of one request. */
class SilenceTimer {
  readonly #runtime: Runtime
  #since = 0
  #limitMs = 0
  #cancel = () => {}
  /** The longest silence that ended by itself, as a share of what was allowed. */
  longest = 0

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** Calls `onEnd` when the silence that begins now has lasted so long. */
  start(seconds: number, onEnd: () => void): void {
    this.stop()
    this.#since = this.#runtime.now()
    this.#limitMs = seconds * 1000
    this.#cancel = this.#runtime.setTimer(onEnd, this.#limitMs)
  }

  noteEnd(): void {
    const share = (this.#runtime.now() - this.#since) / this.#limitMs
    this.longest = Math.max(this.longest, share)
  }

  stop(): void {
    this.#cancel()
  }
}

/** Any answer counts, a refusal too. */
async function asksInVain(origin: string, timeoutMs: number, runtime: Runtime): Promise<boolean> {
  const { signal, release } = anySignal([], { timeoutMs, runtime })
  try {
    await fetch(origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal })
    return false
  } catch {
    return signal.aborted
  } finally {
    release()
  }
}

function sizeOf(body: Blob | FormData): number {
  if ('size' in body) return body.size
  const sizes = [...body.values()].map((value) => (typeof value === 'string' ? 0 : value.size))
  return Math.max(0, ...sizes)
}
