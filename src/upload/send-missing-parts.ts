import type { ListPartsResponse } from '../protocol/operations.js'
import { anySignal } from './any-signal.js'
import { checksumsOf } from './describe-file.js'
import type { SentUpload } from './endpoint/upload-confirmation.js'
import { needsNewTransfer } from './failure.js'
import type { FileAtHand } from './file-at-hand.js'
import type { OpenUpload } from './multipart/open-upload.js'
import { PartSignatures } from './multipart/part-signatures.js'
import { PartsTransfer } from './multipart/parts-transfer.js'
import { delayAfter, withRetry } from './retry.js'
import { TransferProgress } from './transfer-progress.js'
import type { UploadError } from './upload-error.js'
import type { UploadServices } from './upload-services.js'

/** Sends what the bucket does not have yet of a file that goes in parts; undefined when the upload is gone. */
export async function sendMissingParts(
  upload: OpenUpload,
  file: FileAtHand,
  services: UploadServices,
): Promise<SentUpload | undefined> {
  if (!upload.isListed) {
    const { state, parts } = await listParts(upload, file, services)
    if (state === 'gone') return undefined
    if (state === 'completed') return upload.sent
    upload.setListed(parts)
  }
  await sendParts(upload, file, services)
  return upload.sent
}

async function listParts(
  upload: OpenUpload,
  { signal, setState }: FileAtHand,
  { client, policy }: UploadServices,
): Promise<ListPartsResponse> {
  const onRetry = (error: UploadError) =>
    setState({ status: 'waiting', ...delayAfter(error, policy) })
  try {
    const list = () => client.listParts(upload.facts.token, { signal })
    return await withRetry(list, { policy, signal, onRetry })
  } catch (error) {
    // Kept by somebody else, or for too long: of no use for this file.
    if (needsNewTransfer(error)) return { state: 'gone', parts: [] }
    throw error
  }
}

async function sendParts(
  upload: OpenUpload,
  file: FileAtHand,
  services: UploadServices,
): Promise<void> {
  const { task, source, signal, setState } = file
  const { client, checksums, policy, scheduler, transport } = services
  const progress = new TransferProgress(file, services)
  // Ends what is being signed ahead, too, when a part fails for good.
  const ending = new AbortController()
  const ended = anySignal([signal, ending.signal])
  const transfer = { upload, source, policy, signal: ended.signal }
  const signatures = new PartSignatures({
    ...transfer,
    client,
    checksums: checksumsOf({ task, source }, checksums),
    onTrouble: (error) => parts.noteTrouble(error),
  })
  const parts: PartsTransfer = new PartsTransfer({
    ...transfer,
    signatures,
    scheduler,
    transport,
    onProgress: (bytes) => progress.note(bytes),
    onStored: (part) => !task.isCancelled && services.onPartStored(task.id, part),
    onTrouble(error) {
      if (error) setState({ status: 'waiting', ...delayAfter(error, policy) })
      else progress.begin(upload.arrivedBytes)
    },
  })
  await parts.run().finally(() => {
    ending.abort()
    ended.release()
  })
}
