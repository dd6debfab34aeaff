import { abortable } from '../../async/abortable.js'
import { anySignal } from '../../async/any-signal.js'
import type { ListPartsResponse } from '../../protocol/operations.js'
import { FileChecksums } from '../checksum/file-checksums.js'
import { isChanged, needsNewTransfer } from '../errors/error-kinds.js'
import { unreadableFile } from '../errors/file-errors.js'
import type { UploadError } from '../errors/upload-error.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import { haveDateNoted } from '../reading/file-samples.js'
import { withRetry } from '../retry/retry-policy.js'
import type { Attempt } from './attempt.js'
import type { EngineServices, PartsOutcome } from './engine-services.js'
import { PartSignatures } from './part-signatures.js'
import { PartsTooLarge, PartsTransfer } from './parts-transfer.js'
import { proveParts } from './prove-parts.js'
import { TransferProgress } from './transfer-progress.js'

/** Sends what the bucket does not have yet of a file that goes in parts. */
export async function sendParts(
  upload: MultipartState,
  attempt: Attempt,
  services: EngineServices,
): Promise<PartsOutcome> {
  haveDateNoted(attempt.source)
  if (!upload.isListed) {
    const { state, parts } = await listParts(upload, attempt, services)
    if (state === 'gone') return 'gone'
    if (state === 'completed') return upload.sent
    // S3 alone cannot tell whose bytes these are.
    const isDoubtful = parts.some(({ checksum }) => checksum === undefined)
    upload.setListed(parts, { isSameFile: !isDoubtful || (await isSameFile(upload, attempt)) })
  }
  try {
    await sendAndProve(upload, attempt, services)
    await requireUnchanged(upload, attempt, services)
  } catch (error) {
    if (error instanceof PartsTooLarge) return 'too-large'
    // What is in the bucket belongs to no file any more.
    if (isChanged(error)) void services.multiparts.abort(attempt.record)
    throw error
  }
  return upload.sent
}

/** Whether S3 has more of the upload than was known when this was last asked, since answers were lost. */
export async function hasMoreArrived(
  upload: MultipartState,
  { signal }: Pick<Attempt, 'signal'>,
  { client }: EngineServices,
): Promise<boolean> {
  const { state, parts } = await client.listParts(upload.facts.token, { signal })
  const isMore = upload.areMoreBytes(parts) || state === 'completed'
  // Listed once more, and looked at, by the next attempt.
  if (isMore) upload.forgetArrived()
  return isMore
}

async function listParts(
  upload: MultipartState,
  { signal, report }: Attempt,
  { client, policy, runtime }: EngineServices,
): Promise<ListPartsResponse> {
  const onRetry = (error: UploadError) => report.wait(error)
  try {
    const list = () => client.listParts(upload.facts.token, { signal })
    return await withRetry(list, { policy, runtime, signal, onRetry })
  } catch (error) {
    // Another owner's, or too old: of no use for this file.
    if (needsNewTransfer(error)) return { state: 'gone', parts: [] }
    throw error
  }
}

async function isSameFile(upload: MultipartState, { follow, signal }: Attempt): Promise<boolean> {
  if (!upload.sampleIfAlike) return true
  const sampling = upload.sampleIfAlike().catch((error: unknown) => {
    throw unreadableFile(error)
  })
  const samples = await abortable(follow(sampling), signal)
  if (samples) upload.evidence.setSamples(samples)
  return samples !== undefined
}

/** What is not proven to be of this file is sent again, once the rest is. */
async function sendAndProve(
  upload: MultipartState,
  attempt: Attempt,
  services: EngineServices,
): Promise<void> {
  const { record, source, signal, follow, report } = attempt
  const showArrived = () => report.state({ status: 'uploading' }, upload.arrivedBytes)
  const showProven = () => {
    if (services.store.get(record.id)?.status === 'uploading') showArrived()
  }
  // Ends what goes on beside when one of the two fails.
  const ending = new AbortController()
  const ended = anySignal([signal, ending.signal])
  const proving = proveParts({
    upload,
    source,
    checksums: attempt.checksums(),
    signal: ended.signal,
    follow,
    onProven: showProven,
  })
  if (upload.unproven.size > 0) showArrived()
  try {
    await Promise.all([transferParts(upload, attempt, { services, signal: ended.signal }), proving])
  } finally {
    ending.abort()
    ended.release()
  }
  if (upload.missing.length > 0) await transferParts(upload, attempt, { services, signal })
}

async function transferParts(
  upload: MultipartState,
  attempt: Attempt,
  { services, signal }: { readonly services: EngineServices; readonly signal: AbortSignal },
): Promise<void> {
  const { source, follow, report, waitToRetry } = attempt
  const { client, policy, runtime, scheduler, transport } = services
  const progress = new TransferProgress(attempt, services)
  // Ends what is being signed ahead, too, when a part fails for good.
  const ending = new AbortController()
  const ended = anySignal([signal, ending.signal])
  const transfer = { upload, source, policy, runtime, signal: ended.signal }
  const signatures = new PartSignatures({
    ...transfer,
    client,
    follow,
    checksums: attempt.checksums(),
    onRetry: (error) => parts.noteRetry(error),
  })
  const parts: PartsTransfer = new PartsTransfer({
    ...transfer,
    signatures,
    scheduler,
    transportOf: (part) => report.watch(transport, part),
    waitToRetry,
    mayShrink: attempt.smallParts.areUnneeded,
    onProgress: (bytes) => progress.note(bytes),
    onStored: (part) => report.part(part),
    onRetry(error, delayMs) {
      if (error) report.wait(error, delayMs)
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
  { follow, source, signal }: Attempt,
  { checksums }: EngineServices,
): Promise<void> {
  const fresh = new FileChecksums(source, { checksums, signal })
  const looking = upload.evidence.requireUnchanged({
    source,
    checksumOf: (partNumber) => fresh.ofPart(upload.rangeOf(partNumber)),
    signal,
  })
  await abortable(follow(looking), signal)
}
