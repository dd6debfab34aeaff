import { itemsOf, valueAt } from './candidates.js'

/** Says which members of a scenario can be left out, and which can be simpler; what a scenario does not have is passed over. */
export interface ScenarioShape {
  /** Lists, and how many items have to stay. */
  readonly lists: Readonly<Record<string, number>>
  /** Items that go with the item of another list that they name. */
  readonly references: readonly Reference[]
  /** Values of members, the simplest first; with undefined, the member is left out. */
  readonly simplest: readonly (readonly [path: readonly string[], values: readonly unknown[]])[]
  /** Numbers of list items that can be lower, and the values to try before halves; the first is the lowest. */
  readonly numbers: readonly LowerNumber[]
  /** Whether a scenario asks for nothing that cannot be had. */
  readonly isSensible: (scenario: object) => boolean
}

interface Reference {
  readonly list: string
  readonly member: string
  readonly to: { readonly list: string; readonly member: string }
}

interface LowerNumber {
  readonly list: string
  readonly member: string
  readonly first: readonly number[]
}

/** What the scenarios of all kinds consist of. */
export const scenarioShape: ScenarioShape = {
  lists: { faults: 0, events: 0, files: 1, callers: 1, uploads: 1 },
  references: [{ list: 'events', member: 'file', to: { list: 'files', member: 'name' } }],
  simplest: [
    [['line', 'weather'], [undefined]],
    [['line', 'breakEverySeconds'], [undefined]],
    [['options', 'checksum'], [false]],
    [['options', 'concurrency'], [undefined]],
    [['options', 'resume'], [undefined]],
    [['options', 'isOneFile'], [undefined]],
    [['server', 'profile'], ['aws']],
    [['server', 'method'], ['POST']],
    [['server', 'credentialSeconds'], [undefined]],
    [['server', 'secondClockAheadSeconds'], [undefined]],
    [['server', 'maxOpenUploads'], [undefined]],
    [['server', 'quotaMebibytes'], [undefined]],
    [['server', 'unclaimed'], [undefined]],
    [['server', 'rules'], [{}]],
    [['server', 'signatureSeconds'], [600]],
    [['server', 'thresholdMebibytes'], [5]],
    [['server', 'partMebibytes'], [5]],
    [['line', 'roundTripMs'], [60]],
    [
      ['line', 'mebibytesPerSecond'],
      [50, 10],
    ],
  ],
  numbers: [
    { list: 'callers', member: 'at', first: [0] },
    { list: 'uploads', member: 'mebibytes', first: [0, 5, 10] },
    { list: 'uploads', member: 'bytes', first: [0, 1] },
    { list: 'files', member: 'mebibytes', first: [0, 5, 10] },
    { list: 'files', member: 'bytes', first: [0, 1] },
    { list: 'events', member: 'forMs', first: [1] },
    { list: 'events', member: 'byMs', first: [] },
    { list: 'faults', member: 'seconds', first: [1] },
    { list: 'faults', member: 'share', first: [0, 0.5] },
    { list: 'events', member: 'at', first: [0] },
    { list: 'events', member: 'step', first: [1] },
    { list: 'events', member: 'afterMs', first: [0] },
    { list: 'events', member: 'nth', first: [1] },
    { list: 'faults', member: 'nth', first: [1] },
  ],
  isSensible(scenario) {
    const isUnseen = valueAt(scenario, ['options', 'checksum']) === false
    const hasFlip = itemsOf(scenario, 'faults').some(({ kind }) => kind === 'flip-bit')
    // R2 takes no forms.
    const isR2 = valueAt(scenario, ['server', 'profile']) === 'r2'
    const hasForms = valueAt(scenario, ['server', 'method']) === 'POST'
    return !(isUnseen && hasFlip) && !(isR2 && hasForms)
  },
}
