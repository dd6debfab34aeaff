import { endpointMutants } from './endpoint-mutants.js'
import type { Mutant } from './mutant.js'
import { partsMutants } from './parts-mutants.js'
import { removalMutants } from './removal-mutants.js'
import { reportMutants } from './report-mutants.js'
import { resumeMutants } from './resume-mutants.js'
import { retryMutants } from './retry-mutants.js'
import { schedulerMutants } from './scheduler-mutants.js'
import { wholeFileMutants } from './whole-file-mutants.js'

/** All planted bugs: at least one for each rule of docs/transfers.md. */
export const mutants: readonly Mutant[] = [
  ...wholeFileMutants,
  ...partsMutants,
  ...schedulerMutants,
  ...retryMutants,
  ...endpointMutants,
  ...resumeMutants,
  ...reportMutants,
  ...removalMutants,
]
