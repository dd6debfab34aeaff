import type { LineFacts, Scenario, ScenarioFile, ServerFacts } from './scenario.js'

/** What is drawn beside an arrangement, which takes the place of it. */
export type Drawn = Pick<Scenario, 'server' | 'options'>

/** A scenario that brings together what one rule is about. */
export type Arranged = Omit<Scenario, 'seed'>

/** S3's smallest part, in mebibytes. */
export const part = 5

export const plainLine: LineFacts = { mebibytesPerSecond: 10, roundTripMs: 60 }
export const slowLine: LineFacts = { mebibytesPerSecond: 0.5, roundTripMs: 60 }

interface Given {
  readonly files: readonly ScenarioFile[]
  readonly line: LineFacts
  readonly options?: Partial<Scenario['options']>
  readonly server?: Partial<ServerFacts>
  readonly faults?: Scenario['faults']
  readonly events?: Scenario['events']
}

/** Makes a scenario of what is given: nothing else is to come in between. */
export function arranged(
  { server: drawnServer, options: drawnOptions }: Drawn,
  given: Given,
): Arranged {
  const { files, line, options, server, faults = [], events = [] } = given
  const { method, profile, partMebibytes, thresholdMebibytes } = drawnServer
  const plainServer = { method, profile, partMebibytes, thresholdMebibytes, signatureSeconds: 600 }
  return {
    files,
    line,
    options: { checksum: drawnOptions.checksum, ...options },
    server: { ...plainServer, ...server },
    faults,
    events,
  }
}

/** Makes files of so many mebibytes, and a few bytes. */
export function filesOf(count: number, mebibytesOfOne: () => number): ScenarioFile[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${String(index).padStart(2, '0')}.bin`,
    mebibytes: mebibytesOfOne(),
    bytes: 1 + index,
  }))
}
