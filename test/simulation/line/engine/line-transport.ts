import { NetworkError } from '../../../../src/upload/errors/upload-error.js'
import type {
  HttpTransport,
  TransportRequest,
  TransportResponse,
} from '../../../../src/upload/transfer/http-transport.js'
import type { Clock } from '../../clock/clock.js'
import type { Network } from '../network.js'

const accepted: TransportResponse = { status: 200, body: '' }

/** Browsers tell of progress no more often. */
const progressMs = 50

/** What a transport sends over. */
interface LineTransportOptions {
  readonly clock: Clock
  readonly network: Network
  /** How long the storage works on a request that has arrived. */
  readonly serverMs: number
}

/** Sends what the engine sends over a line, to a storage that takes everything. */
export class LineTransport implements HttpTransport {
  /** When the last answer came: the expected table counts no longer. */
  lastAnswerMs = 0
  readonly #options: LineTransportOptions
  #hasPreflighted = false

  constructor(options: LineTransportOptions) {
    this.#options = options
  }

  send(request: TransportRequest): Promise<TransportResponse> {
    const { clock, network, serverMs } = this.#options
    const bodyBytes = fileIn(request.body).size
    return new Promise((resolve, reject) => {
      // In a task of the page: what follows from it may wait.
      const tell = (what: () => void) => clock.at(0, what)
      const sending = network.send({
        host: 'bucket',
        bodyBytes,
        hasPreflight: this.#needsPreflight(request),
        onProgress: everySoOften(clock, (bytes) =>
          tell(() => request.onProgress(bytes, bodyBytes)),
        ),
        onArrived: (answer) => clock.atPlainly(serverMs, answer),
        onAnswer: () =>
          tell(() => {
            this.lastAnswerMs = clock.now
            resolve(accepted)
          }),
        onReset: () => tell(() => reject(lost(request))),
      })
      request.signal.addEventListener('abort', () => {
        sending.abort()
        reject(request.signal.reason)
      })
    })
  }

  /** As in the reference: a part has one always; of the forms with progress, which share a URL, only the first. */
  #needsPreflight({ method, wantsProgress = true }: TransportRequest): boolean {
    if (method === 'PUT') return true
    if (!wantsProgress || this.#hasPreflighted) return false
    this.#hasPreflighted = true
    return true
  }
}

function everySoOften(clock: Clock, tell: (bytes: number) => void): (bytes: number) => void {
  let toldMs = Number.NEGATIVE_INFINITY
  return (bytes) => {
    if (clock.now < toldMs + progressMs) return
    toldMs = clock.now
    tell(bytes)
  }
}

function fileIn(body: Blob | FormData): Blob {
  const file = body instanceof FormData ? body.get('file') : body
  if (file instanceof Blob) return file
  throw new TypeError('The form has no file.')
}

function lost({ url }: TransportRequest): NetworkError {
  return new NetworkError('The connection was lost.', { code: 'network', url })
}
