import type { Runtime } from '../../async/runtime.js'
import type { UploadState } from './upload-record.js'

/** The state of a file that waits, or waits for the connection where there is none. */
export function waitingState({ isOnline }: Pick<Runtime, 'isOnline'>): UploadState {
  return isOnline() ? { status: 'waiting' } : { status: 'waiting', reason: 'offline' }
}
