import type { Runtime } from '../../async/runtime.js'
import { toStorageError } from '../errors/storage-refusal.js'
import { isUploadError, toUploadError } from '../errors/upload-error.js'
import type {
  HttpTransport,
  TransportRequest,
  TransportResponse,
} from '../transfer/http-transport.js'
import type { RequestEvent } from './upload-event.js'

/** What of a file a request sends. */
export interface BytesOfFile {
  /** How many bytes of the file. */
  readonly bytes: number
  /** Absent when it sends the whole file. */
  readonly partNumber?: number
}

/** Who hears of the requests of one file. */
interface Watcher extends Pick<Runtime, 'now'> {
  readonly id: string
  readonly tell: (event: RequestEvent) => void
}

/** Sends by `transport`, and tells of each request when it is over. */
export function watchTransport(
  transport: HttpTransport,
  { bytes, ...part }: BytesOfFile,
  { id, now, tell }: Watcher,
): HttpTransport {
  return {
    async send(request) {
      const startedAt = now()
      let sentBytes = 0
      const onProgress = (sent: number, total: number) => {
        // The fields of a form are none of the file's bytes.
        sentBytes = Math.min(sent, bytes)
        request.onProgress(sent, total)
      }
      const end = (answer: Pick<RequestEvent, 'outcome' | 'status'>) => {
        const operation = operationOf(request, part)
        const durationMs = Math.round(now() - startedAt)
        tell({
          type: 'request',
          to: 's3',
          operation,
          id,
          ...part,
          ...answer,
          sentBytes,
          durationMs,
        })
      }
      try {
        const response = await transport.send({ ...request, onProgress })
        const outcome = outcomeOf(response)
        // A browser may report no progress of a small file.
        if (outcome === 'ok') sentBytes = bytes
        end({ outcome, status: response.status })
        return response
      } catch (thrown) {
        const isEnded = request.signal.aborted && !isUploadError(thrown)
        end({ outcome: isEnded ? 'cancelled' : toUploadError(thrown).code })
        throw thrown
      }
    },
  }
}

function operationOf(
  { method }: TransportRequest,
  { partNumber }: Omit<BytesOfFile, 'bytes'>,
): RequestEvent['operation'] {
  if (partNumber !== undefined) return 'UploadPart'
  return method === 'POST' ? 'PostObject' : 'PutObject'
}

function outcomeOf(response: TransportResponse): RequestEvent['outcome'] {
  const isTaken = response.status >= 200 && response.status <= 299
  return isTaken ? 'ok' : toStorageError(response).code
}
