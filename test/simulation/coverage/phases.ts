import type { UploadRecord } from '../../../src/upload/store/upload-record.js'
import type { Tab } from '../page/tab.js'
import type { LiveRequest } from '../world/page-connection.js'
import { type Place, placeOf } from '../world/place-of.js'

/** What can be under way for a file or its page, as seen from outside. A file that is added waits at once. */
export const phases = [
  'waits for its signature',
  'waits for part signatures',
  'waits for a slot',
  'is hashed',
  'is sent whole',
  'sends its first part',
  'sends a middle part',
  'sends its last part',
  'lists its parts',
  'is confirmed',
  'recovers',
  'is paused',
  'is complete',
  'has failed',
  'page aborts',
  'page shows interrupted',
  'page signs a download',
] as const

export type Phase = (typeof phases)[number]

/** What a page and its requests show of one moment. */
interface Moment {
  readonly tab: Tab
  readonly live: Iterable<LiveRequest>
}

/** In which phases the files of a page are, or one of them, and the page itself. */
export function phasesOf({ tab, live }: Moment, name?: string): Set<Phase> {
  const { uploads } = tab.plugin
  const requests = [...live].filter(({ process }) => process === tab.process)
  const seen = new Set<Phase>(requests.flatMap(phaseOfPage))
  if (uploads.interrupted.length > 0) seen.add('page shows interrupted')
  for (const id of uploads.ids) {
    const record = uploads.get(id)
    if (!record || (name !== undefined && record.name !== name)) continue
    const mine = requests.filter(({ files }) => files.includes(record.name))
    const isHashed = tab.hashing.files.includes(record.name)
    for (const phase of phasesOfFile(record, mine, isHashed)) seen.add(phase)
  }
  return seen
}

function phaseOfPage({ operation }: LiveRequest): Phase[] {
  if (operation === 'abort-uploads') return ['page aborts']
  return operation === 'sign-downloads' ? ['page signs a download'] : []
}

function phasesOfFile(
  record: UploadRecord,
  requests: readonly LiveRequest[],
  isHashed: boolean,
): readonly Phase[] {
  const resting = restingPhases[record.status]
  if (resting) return [resting]
  const busy = requests.flatMap(phaseOfRequest)
  if (isHashed) busy.push('is hashed')
  if (busy.length > 0) return busy
  const isRecovering = record.status === 'waiting' && record.lastError !== undefined
  return [isRecovering ? 'recovers' : 'waits for a slot']
}

const restingPhases: Readonly<Partial<Record<UploadRecord['status'], Phase>>> = {
  finishing: 'is confirmed',
  paused: 'is paused',
  complete: 'is complete',
  failed: 'has failed',
}

const operationPhases: Readonly<Record<string, Phase>> = {
  'sign-uploads': 'waits for its signature',
  'sign-parts': 'waits for part signatures',
  'list-parts': 'lists its parts',
  PostObject: 'is sent whole',
  PutObject: 'is sent whole',
}

/** The only part is the last one. */
const partPhases: Readonly<Record<Place, Phase>> = {
  whole: 'sends its last part',
  first: 'sends its first part',
  middle: 'sends a middle part',
  last: 'sends its last part',
}

function phaseOfRequest({ operation, range }: LiveRequest): Phase[] {
  if (operation === 'UploadPart' && range) return [partPhases[placeOf(range)]]
  const phase = operationPhases[operation]
  return phase ? [phase] : []
}
