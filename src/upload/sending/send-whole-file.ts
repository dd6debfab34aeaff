import type { SentUpload } from '../endpoint/confirmations.js'
import type { Signature } from '../endpoint/signatures.js'
import { mayBeStored, mayBeStoredAfterAll } from '../errors/error-kinds.js'
import { locationOf } from '../transfer/object-location.js'
import { sendBytes } from '../transfer/send-bytes.js'
import { isBoundToBytes, type SignedSingle, singleRequest } from '../transfer/single-request.js'
import type { Attempt } from './attempt.js'
import type { EngineServices } from './engine-services.js'
import { TransferProgress } from './transfer-progress.js'

/** A signature that lets a file go in one request. */
export interface WholeFileSignature extends Signature {
  readonly upload: SignedSingle
}

/** A signature, and how to see afterwards that the file has not changed on the way. */
interface WholeFileToSend {
  readonly signature: WholeFileSignature
  readonly requireUnchanged: SentUpload['requireUnchanged']
}

/** Sends a file in one request, for which it has a slot; throws as `sendBytes` does. */
export async function sendWholeFile(
  { signature, requireUnchanged }: WholeFileToSend,
  attempt: Attempt,
  services: EngineServices,
): Promise<SentUpload> {
  const { record, source, signal, pauses, report } = attempt
  const { confirmations, runtime, scheduler } = services
  const transport = report.watch(services.transport, { bytes: record.size })
  const { upload: signed } = signature
  const { token, key } = signed
  const location = locationOf(signed)
  const isVerified = isBoundToBytes(signed)
  const sent = { token, key, location, isMultipart: false, isVerified, requireUnchanged }
  signature.release()
  attempt.noteStart()
  const progress = new TransferProgress(attempt, services)
  progress.begin()
  const onProgress = (bytes: number) => {
    attempt.noteSent(bytes)
    if (bytes > 0) scheduler.noteAnswer()
    progress.note(bytes)
  }
  try {
    const request = singleRequest(signed, { source, signal, onProgress })
    await sendBytes({ transport, request, source, pauses, runtime })
    scheduler.noteSuccess(record.size)
    return sent
  } catch (error) {
    if (!signal.aborted) scheduler.noteFailure(error)
    // Of a small file a browser may report no progress before the answer.
    const isAllOrNothing = attempt.sentBytes >= record.size || attempt.sentBytes === 0
    const mayHaveArrived = signal.aborted ? isAllOrNothing : mayBeStored(error)
    if (mayHaveArrived) confirmations.expect(record, sent)
    else if (isAllOrNothing && mayBeStoredAfterAll(error, sent))
      confirmations.noteMissed(record, sent)
    throw error
  }
}
