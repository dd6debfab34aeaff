import type { Run } from '../run/run-scenario.js'
import type { SeenRequest } from '../world/object-storage.js'

/** Large files that may be on their way at once. */
const mostOnTheirWay = 6

/** The next large file is begun when all parts of one are sent. */
export function fewLargeFiles({ world: { scenario, storage } }: Run): string[] {
  const { faults, events, line } = scenario
  // What fails leaves its place to others until it is tried again.
  const isTroubled = line.weather !== undefined || line.breakEverySeconds !== undefined
  if (isTroubled || faults.length > 0 || events.length > 0) return []
  const taken = storage.requests.filter(({ status }) => status === 200)
  const begun = taken.filter(({ operation }) => operation === 'CreateMultipartUpload')
  const crowded = begun.find((begin) => {
    const others = begun.filter((each) => each.atMs <= begin.atMs)
    return others.filter((each) => lastPartMs(each, taken) > begin.atMs).length > mostOnTheirWay
  })
  return crowded ? [`CROWD more than ${mostOnTheirWay} large files are on their way`] : []
}

function lastPartMs({ key }: SeenRequest, taken: readonly SeenRequest[]): number {
  const last = taken.findLast((each) => each.operation === 'UploadPart' && each.key === key)
  return last?.atMs ?? Number.POSITIVE_INFINITY
}
