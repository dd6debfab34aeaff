import type { Run } from '../run/run-scenario.js'
import type { EventKind } from '../scenario/scenario.js'
import { sentAfter } from './sends-of-tabs.js'

/** After these a part that was accepted has to be sent once more. */
const undoing: ReadonlySet<EventKind> = new Set(['lose-part', 'change-file'])

/** What cannot be of any use is not sent. */
export function sentInVain(run: Run): string[] {
  return [...toGoneUploads(run), ...acceptedParts(run), ...withOldSignatures(run)]
}

function toGoneUploads({ world: { sends } }: Run): string[] {
  return sends.all
    .filter(({ refusal }) => refusal?.includes('NoSuchUpload'))
    .flatMap((refused) =>
      sentAfter(refused, sends).filter(({ uploadId }) => uploadId === refused.uploadId),
    )
    .map(({ file }) => `GONE ${file}: a part is sent to an upload that is gone`)
}

function acceptedParts({ world: { sends, scenario } }: Run): string[] {
  const isUndone =
    scenario.events.some(({ kind }) => undoing.has(kind)) ||
    scenario.faults.some(({ kind }) => kind === 'lag')
  if (isUndone) return []
  return sends.all
    .filter(({ status, uploadId }) => status === 200 && uploadId !== undefined)
    .flatMap((accepted) =>
      sentAfter(accepted, sends).filter(
        ({ uploadId, partNumber }) =>
          uploadId === accepted.uploadId && partNumber === accepted.partNumber,
      ),
    )
    .map(({ file, partNumber }) => `AGAIN ${file}: part ${partNumber} is sent once more`)
}

/** Clocks that are wrong make a signature older than a page can know. */
const misleading: ReadonlySet<EventKind> = new Set(['clock-jump', 'hide'])
/** After a sleep a page goes on with what it had begun. */
const wakingMs = 5000

function withOldSignatures({ world: { sends, scenario, computer } }: Run): string[] {
  const { secondClockAheadSeconds, credentialSeconds, signatureSeconds } = scenario.server
  const isMisled =
    secondClockAheadSeconds !== undefined ||
    credentialSeconds !== undefined ||
    scenario.events.some(({ kind }) => misleading.has(kind)) ||
    scenario.faults.some(({ kind }) => kind === 'expired')
  // Such a short life may end while a file waits for its turn, three times in a row: then S3 decides.
  if (isMisled || signatureSeconds < 600) return []
  // A page leaves a tenth of a signature's life for the way.
  const wayMs = signatureSeconds * 100
  return sends.all
    .filter(({ status, refusal }) => status === 403 && /expired/i.test(refusal ?? ''))
    .filter(({ beganMs }) => beganMs > computer.asleepUntilMs + wakingMs)
    .filter(({ beganMs, firstByteMs = Number.POSITIVE_INFINITY }) => firstByteMs - beganMs < wayMs)
    .map(({ file, operation }) => `OLD ${file}: ${operation} with a signature that has expired`)
}
