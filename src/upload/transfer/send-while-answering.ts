import { anySignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'
import { fileNotAnswering, unreadableFile } from '../errors/file-errors.js'
import { answerWithin } from '../reading/file-watch.js'
import type { HttpTransport, TransportRequest, TransportResponse } from './http-transport.js'

/** When nothing of a request has moved for this long, the file is asked for a byte, and given this long for it. */
const quietMs = 4000
const patienceMs = 4000
const maxPatienceMs = 128_000

/** A request and the bytes of the file in it. */
export interface BytesToSend {
  readonly transport: HttpTransport
  readonly request: TransportRequest
  readonly source: Blob
  readonly runtime: Runtime
  /** How often the file has ended this request by giving no byte: a drive that pauses each time gets longer. @default 0 */
  readonly pauses?: number
}

/**
 * Sends a request; throws a `FileError` when nothing moves because the file does not answer, so that others get the slot,
 * or because it can be read no longer, which WebKit does not tell the request.
 */
export async function sendWhileAnswering({
  transport,
  request,
  source,
  runtime,
  pauses = 0,
}: BytesToSend): Promise<TransportResponse> {
  const patience = Math.min(patienceMs * 2 ** pauses, maxPatienceMs)
  const silence = new AbortController()
  const ended = anySignal([request.signal, silence.signal])
  let stopTimer = () => {}
  let isOver = false
  const wait = () => {
    stopTimer()
    if (!isOver) stopTimer = runtime.setTimer(() => void look(), quietMs)
  }
  let moves = 0
  const look = async () => {
    const seen = moves
    const answer = await answerWithin(source, patience, runtime)
    if (moves !== seen) wait()
    else if (answer === 'none') silence.abort(fileNotAnswering())
    // Without progress it is not known whether the browser has read all bytes already.
    else if (answer === 'refused' && moves > 0) silence.abort(unreadableFile())
    else wait()
  }
  const onProgress = (sentBytes: number, totalBytes: number) => {
    moves += 1
    request.onProgress(sentBytes, totalBytes)
    // All bytes were read: what is left is the storage's.
    if (sentBytes >= totalBytes) stopTimer()
    else wait()
  }
  wait()
  try {
    return await transport.send({ ...request, signal: ended.signal, onProgress })
  } finally {
    isOver = true
    stopTimer()
    ended.release()
  }
}
