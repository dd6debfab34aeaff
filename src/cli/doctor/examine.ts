import { accessCheck } from './checks/access.js'
import { addressCheck } from './checks/address.js'
import { clockCheck } from './checks/clock.js'
import { corsCheck } from './checks/cors.js'
import { usableCredentialsCheck } from './checks/credentials.js'
import { expiryCheck } from './checks/expiry.js'
import { lifecycleCheck } from './checks/lifecycle.js'
import { mixedContentCheck } from './checks/mixed-content.js'
import { multipartCheck } from './checks/multipart.js'
import { postCheck } from './checks/post.js'
import { publicAccessCheck } from './checks/public-access.js'
import { publicEndpointCheck } from './checks/public-endpoint.js'
import { putCheck } from './checks/put.js'
import { readCheck } from './checks/read.js'
import { cleanUp } from './examination/clean-up.js'
import type { CheckOutcome, Doctor, DoctorCheck } from './examination/doctor.js'
import type { Finding } from './examination/finding.js'
import { noAnswer } from './examination/no-answer.js'

/** In this order: what comes first has to be right before the rest can be judged. */
const checks: readonly DoctorCheck[] = [
  addressCheck,
  mixedContentCheck,
  usableCredentialsCheck,
  clockCheck,
  accessCheck,
  publicEndpointCheck,
  corsCheck,
  postCheck,
  putCheck,
  multipartCheck,
  readCheck,
  expiryCheck,
  publicAccessCheck,
  lifecycleCheck,
]

/** What came of one check. */
export interface CheckReport {
  readonly name: string
  readonly title: string
  readonly status: 'ok' | 'found' | 'noted' | 'skipped'
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

/** What came of all. */
export interface Examination {
  readonly checks: readonly CheckReport[]
  /** Each once, however many checks met it. */
  readonly findings: readonly Finding[]
  /** Keys of what the doctor wrote and could not remove. */
  readonly left: readonly string[]
}

/** Runs every check that applies, and removes what they wrote. */
export async function examine(doctor: Doctor, signal: AbortSignal): Promise<Examination> {
  const reports: CheckReport[] = []
  const findings = new Map<string, Finding>()
  let isOver = false
  let left: readonly string[] = []
  try {
    for (const check of checks) {
      if (check.appliesTo && !check.appliesTo(doctor)) continue
      const outcome: CheckOutcome | undefined =
        isOver || signal.aborted ? undefined : await runCheck(check, doctor)
      isOver ||= outcome?.isFatal ?? false
      const fresh = (outcome?.findings ?? []).filter(({ id }) => !findings.has(id))
      for (const finding of fresh) findings.set(finding.id, finding)
      reports.push(reportOf(check, outcome, fresh))
    }
  } finally {
    left = await cleanUp(doctor)
  }
  return { checks: reports, findings: [...findings.values()], left }
}

async function runCheck(check: DoctorCheck, doctor: Doctor): Promise<CheckOutcome> {
  try {
    return await check.run(doctor)
  } catch (error) {
    return noAnswer(check, error)
  }
}

function reportOf(
  { name, title }: DoctorCheck,
  outcome: CheckOutcome | undefined,
  findings: readonly Finding[],
): CheckReport {
  const notes = outcome?.notes ?? []
  const hasFound = (outcome?.findings ?? []).length > 0
  const status = !outcome ? 'skipped' : hasFound ? 'found' : notes.length > 0 ? 'noted' : 'ok'
  return { name, title, status, findings, notes }
}
