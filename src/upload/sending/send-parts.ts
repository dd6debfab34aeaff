import { abortable } from '../../async/abortable.js'
import { anySignal } from '../../async/any-signal.js'
import type { ListPartsResponse } from '../../protocol/operations.js'
import { FileChecksums } from '../checksum/file-checksums.js'
import type { SentUpload } from '../endpoint/confirmations.js'
import { isChanged, needsNewTransfer } from '../errors/error-kinds.js'
import { unreadableFile } from '../errors/file-errors.js'
import type { UploadError } from '../errors/upload-error.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import { haveDateNoted } from '../reading/file-samples.js'
import { delayAfter, withRetry } from '../retry/retry-policy.js'
import type { Attempt } from './attempt.js'
import { checksumsOf } from './describe-file.js'
import type { EngineServices } from './engine-services.js'
import { PartSignatures } from './part-signatures.js'
import { PartsTooLarge, PartsTransfer } from './parts-transfer.js'
import { proveParts } from './prove-parts.js'
import { TransferProgress } from './transfer-progress.js'

/**
 * Sends what the bucket does not have yet of a file that goes in parts; undefined when the upload is gone, or given up for
 * one in smaller parts.
 */
export async function sendParts(
  upload: MultipartState,
  attempt: Attempt,
  services: EngineServices,
): Promise<SentUpload | undefined> {
  haveDateNoted(attempt.source)
  if (!upload.isListed) {
    const { state, parts } = await listParts(upload, attempt, services)
    if (state === 'gone') return undefined
    if (state === 'completed') return upload.sent
    // S3 alone cannot tell whose bytes these are.
    const isDoubtful = parts.some(({ checksum }) => checksum === undefined)
    upload.setListed(parts, { isSameFile: !isDoubtful || (await isSameFile(upload, attempt)) })
  }
  try {
    await sendAndProve(upload, attempt, services)
    await requireUnchanged(upload, attempt, services)
  } catch (error) {
    if (error instanceof PartsTooLarge) {
      attempt.control.smallParts = 'wanted'
      await abortable(services.multiparts.abort(attempt.record), attempt.signal)
      return undefined
    }
    // What is in the bucket belongs to no file any more.
    if (isChanged(error)) void services.multiparts.abort(attempt.record)
    throw error
  }
  return upload.sent
}

/** Whether S3 has more of the upload than was known when this was last asked, since answers were lost. */
export async function hasMoreArrived(
  upload: MultipartState,
  { control, signal }: Pick<Attempt, 'control' | 'signal'>,
  { client }: EngineServices,
): Promise<boolean> {
  const known = Math.max(upload.arrivedBytes, control.listedBytes)
  const { state, parts } = await client.listParts(upload.facts.token, { signal })
  control.listedBytes = parts.reduce((bytes, { size }) => bytes + size, 0)
  const isMore = state === 'completed' || control.listedBytes > known
  // Listed once more, and looked at, by the next attempt.
  if (isMore) upload.forgetArrived()
  return isMore
}

async function listParts(
  upload: MultipartState,
  { signal, setState }: Attempt,
  { client, policy, runtime }: EngineServices,
): Promise<ListPartsResponse> {
  const onRetry = (error: UploadError) =>
    setState({ status: 'waiting', ...delayAfter(error, runtime) })
  try {
    const list = () => client.listParts(upload.facts.token, { signal })
    return await withRetry(list, { policy, runtime, signal, onRetry })
  } catch (error) {
    // Another owner's, or too old: of no use for this file.
    if (needsNewTransfer(error)) return { state: 'gone', parts: [] }
    throw error
  }
}

async function isSameFile(upload: MultipartState, { control, signal }: Attempt): Promise<boolean> {
  if (!upload.sampleIfAlike) return true
  const sampling = upload.sampleIfAlike().catch((error: unknown) => {
    throw unreadableFile(error)
  })
  const samples = await abortable(control.follow(sampling), signal)
  if (samples) upload.evidence.setSamples(samples)
  return samples !== undefined
}

/** What is not proven to be of this file is sent again, once the rest is. */
async function sendAndProve(
  upload: MultipartState,
  attempt: Attempt,
  services: EngineServices,
): Promise<void> {
  const { control, source, signal, setState } = attempt
  const { checksums, store } = services
  const showProven = () => {
    if (store.get(control.id)?.status === 'uploading') {
      setState({ status: 'uploading' }, upload.arrivedBytes)
    }
  }
  // Ends what goes on beside when one of the two fails.
  const ending = new AbortController()
  const ended = anySignal([signal, ending.signal])
  const proving = proveParts({
    upload,
    source,
    checksums: checksumsOf(attempt, checksums),
    signal: ended.signal,
    follow: (work) => control.follow(work),
    onProven: showProven,
  })
  if (upload.unproven.size > 0) setState({ status: 'uploading' }, upload.arrivedBytes)
  try {
    await Promise.all([
      transferParts(upload, { ...attempt, signal: ended.signal }, services),
      proving,
    ])
  } finally {
    ending.abort()
    ended.release()
  }
  if (upload.missing.length > 0) await transferParts(upload, attempt, services)
}

async function transferParts(
  upload: MultipartState,
  attempt: Attempt,
  services: EngineServices,
): Promise<void> {
  const { control, source, signal, setState } = attempt
  const { client, checksums, policy, runtime, scheduler, transport } = services
  const progress = new TransferProgress(attempt, services)
  // Ends what is being signed ahead, too, when a part fails for good.
  const ending = new AbortController()
  const ended = anySignal([signal, ending.signal])
  const transfer = { upload, source, policy, runtime, signal: ended.signal }
  const signatures = new PartSignatures({
    ...transfer,
    client,
    follow: (work) => control.follow(work),
    checksums: checksumsOf({ control, source }, checksums),
    onRetry: (error) => parts.noteRetry(error),
  })
  const parts: PartsTransfer = new PartsTransfer({
    ...transfer,
    signatures,
    scheduler,
    transport,
    mayShrink: control.smallParts === 'unneeded',
    onProgress: (bytes) => progress.note(bytes),
    onStored: (part) => !control.isCancelled && services.onPartStored(control.id, part),
    onRetry(error) {
      if (error) setState({ status: 'waiting', ...delayAfter(error, runtime) })
      else progress.begin(upload.arrivedBytes)
    },
  })
  await parts.run().finally(() => {
    ending.abort()
    ended.release()
  })
}

/** Not every browser refuses to read a file that has changed: then old and new parts would be one object. */
async function requireUnchanged(
  upload: MultipartState,
  { control, source, signal }: Attempt,
  { checksums }: EngineServices,
): Promise<void> {
  const fresh = new FileChecksums(source, { checksums, signal })
  const looking = upload.evidence.requireUnchanged({
    source,
    checksumOf: (partNumber) => fresh.ofPart(upload.rangeOf(partNumber)),
    signal,
  })
  await abortable(control.follow(looking), signal)
}
