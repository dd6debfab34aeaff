import type { Fault, Scenario, ScenarioFile } from '../scenario/scenario.js'

/** A scenario at whose steps actions are tried. */
export interface Base {
  readonly name: string
  readonly group: 'parts' | 'whole' | 'many'
  readonly scenario: Scenario
}

const large: readonly ScenarioFile[] = [
  { name: '00.bin', mebibytes: 12, bytes: 1 },
  { name: '01.bin', mebibytes: 5, bytes: 1 },
  { name: '02.bin', mebibytes: 0, bytes: 40 },
]

const plain: Scenario = {
  seed: 1,
  files: large,
  options: { checksum: false },
  server: {
    method: 'POST',
    profile: 'aws',
    partMebibytes: 5,
    thresholdMebibytes: 5,
    signatureSeconds: 600,
  },
  line: { mebibytesPerSecond: 10, roundTripMs: 60 },
  faults: [],
  events: [],
}

const lostAnswers: readonly Fault[] = [
  { leg: 's3', operation: 'PostObject', nth: 1, kind: 'lose-answer' },
  { leg: 's3', operation: 'UploadPart', nth: 2, kind: 'lose-answer' },
  { leg: 'endpoint', operation: 'complete-uploads', nth: 1, kind: 'lose-answer' },
]

const bases: readonly Base[] = [
  { name: 'parts', group: 'parts', scenario: plain },
  {
    name: 'parts with checksums',
    group: 'parts',
    scenario: { ...plain, options: { checksum: true } },
  },
  {
    name: 'parts after lost answers',
    group: 'parts',
    scenario: { ...plain, faults: lostAnswers },
  },
  {
    name: 'parts after a reload',
    group: 'parts',
    scenario: {
      ...plain,
      events: [{ kind: 'reload', on: 's3:UploadPart:200', nth: 2, afterMs: 1 }],
    },
  },
  {
    name: 'whole files',
    group: 'whole',
    scenario: {
      ...plain,
      options: { checksum: true },
      files: [
        { name: '00.bin', mebibytes: 3, bytes: 0 },
        { name: '01.bin', mebibytes: 0, bytes: 10 },
        { name: '02.bin', mebibytes: 0, bytes: 0 },
      ],
    },
  },
  {
    name: 'many small files',
    group: 'many',
    scenario: {
      ...plain,
      files: Array.from({ length: 12 }, (_, index) => ({
        name: `${String(index).padStart(2, '0')}.bin`,
        mebibytes: 0,
        bytes: index,
      })),
    },
  },
]

/** @throws TypeError when there is no group of that name. */
export function basesNamed(name: string): readonly Base[] {
  const named = bases.filter(({ group }) => name === 'all' || group === name)
  if (named.length > 0) return named
  throw new TypeError(`--sweep ${name}: it takes parts, whole, many or all.`)
}
