import type { UploadError } from '../../upload/errors/upload-error.js'
import { type Delay, isActive, type UploadRecord } from '../../upload/store/upload-record.js'
import type { AmountFormat } from './amount-format.js'
import type { Translate } from './messages.js'

/** What the state of a file is put into words with. */
export interface StatusTexts {
  readonly translate: Translate
  readonly format: AmountFormat
  /** Whether it says of a complete file that its bytes were compared. @default false */
  readonly showVerified?: boolean | undefined
}

/** Share of a file that is sent: 0 to 1, and 1 only when the server has confirmed it. */
export function shareOf({ status, bytesUploaded, size }: UploadRecord): number {
  if (status === 'complete' || status === 'stored') return 1
  return size === 0 ? 0 : Math.min(bytesUploaded / size, 0.99)
}

/** The state of a file in words, with its progress while bytes are on their way. */
export function describeStatus(
  file: UploadRecord,
  { translate, format, showVerified }: StatusTexts,
): string {
  const percent = format.percent(shareOf(file))
  switch (file.status) {
    case 'ready':
      return translate('notStarted')
    case 'waiting':
      return translate(delayOf(file) ?? 'waiting')
    case 'uploading':
      return translate('percentUploaded', { status: translate('uploading'), percent })
    case 'finishing':
      return translate(delayOf(file) ?? 'finishing')
    case 'paused':
      return translate('percentUploaded', { status: translate('paused'), percent })
    case 'complete':
      return translate(showVerified && file.isVerified ? 'verified' : 'uploadComplete')
    case 'failed':
      return translate('uploadFailed')
    case 'stored':
      return translate(file.isRemoving ? 'removing' : 'stored')
    default:
      return file satisfies never
  }
}

/** Why an upload does not go on at the moment. */
function delayOf({
  reason,
  lastError,
}: Delay): 'waitingForConnection' | 'preparing' | 'tryingAgain' | undefined {
  if (reason === 'offline') return 'waitingForConnection'
  if (reason === 'preparing') return 'preparing'
  return lastError && 'tryingAgain'
}

/** When the upload of a file is tried again after a failure, in milliseconds since 1970. */
export function retryTimeOf(file: UploadRecord): number | undefined {
  return 'reason' in file && file.reason === 'retry' ? file.retryAt : undefined
}

/** What went wrong with a file, last or for good. */
export function problemOf(file: UploadRecord): Pick<UploadError, 'code' | 'message'> | undefined {
  if (file.status === 'failed') return file.error
  if (file.status === 'stored') return file.problem
  const isUnderWay = file.status === 'waiting' || file.status === 'finishing'
  return isUnderWay ? file.lastError : undefined
}

/** Whether there is progress to show: of a file under way. */
export function isMoving(file: UploadRecord): boolean {
  return isActive(file) || file.status === 'paused'
}
