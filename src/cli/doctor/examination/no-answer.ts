import { CredentialsError } from '../../bucket/credentials-error.js'
import { networkReason, networkRemedy } from '../../command-line/network-failure.js'
import type { CheckOutcome, DoctorCheck } from './doctor.js'

/** Turns what ended a check into a finding, so that the others are still looked at where that makes sense. */
export function noAnswer({ name, title }: DoctorCheck, error: unknown): CheckOutcome {
  if (error instanceof CredentialsError) return noCredentials(error)
  return {
    findings: [
      {
        id: `no-answer-${name}`,
        problem: `This could not be looked at (${title}): ${networkReason(error)}.`,
        reason: 'Uploads of the app may fail in the same way.',
        fix: {
          text: `Run the doctor again. ${networkRemedy(error) ?? 'Look for a proxy that changes answers between here and the storage.'}`,
        },
      },
    ],
  }
}

function noCredentials({ problem, remedy }: CredentialsError): CheckOutcome {
  const reason = 'Nothing can be signed, neither for a page nor for the server itself.'
  return { isFatal: true, findings: [{ id: 'no-credentials', problem, reason, fix: remedy }] }
}
