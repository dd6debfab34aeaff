import type { Run } from '../run/run-scenario.js'
import { sparesBusyStorage } from './busy-storage.js'
import { sentInVain } from './sent-in-vain.js'
import { inSlots } from './slots.js'

/** What must hold of the requests that pages have sent to S3. */
export function ofSends(run: Run): string[] {
  return [...inSlots(run), ...sparesBusyStorage(run), ...sentInVain(run)]
}
