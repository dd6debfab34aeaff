import type { Run } from '../run/run-scenario.js'
import { inFlightWith } from './sends-of-tabs.js'

/** Files whose signatures come with the first answer. */
const mostFilesAtOnce = 20
/** Then all that are signed have joined the queue. */
const joiningMs = 200
const slotsOfParts = 1

/** Parts leave all slots but one to whole files, as long as such files wait. */
export function leavesSlotsToFiles({ world: { scenario, sends, questions } }: Run): string[] {
  const { files, faults, events, line, options } = scenario
  const isTroubled = line.weather !== undefined || line.breakEverySeconds !== undefined
  // What is hashed first joins the queue when it can.
  const isPlain = !options.checksum && files.length <= mostFilesAtOnce
  if (!isPlain || isTroubled || faults.length > 0 || events.length > 0) return []
  const first = questions.all.find(({ operation }) => operation === 'sign-uploads')
  const signedMs = (first?.endMs ?? Number.POSITIVE_INFINITY) + joiningMs
  const lastFile = sends.all.findLast(({ uploadId }) => uploadId === undefined)
  const tooMany = sends.all.filter(
    ({ uploadId, beganMs }) =>
      uploadId !== undefined && beganMs > signedMs && beganMs < (lastFile?.beganMs ?? 0),
  )
  const isCrowded = tooMany.some((part) => {
    const parts = inFlightWith(part, sends).filter(({ uploadId }) => uploadId !== undefined)
    return parts.length > slotsOfParts
  })
  return isCrowded ? ['CROWD parts take the slots of files that wait'] : []
}
