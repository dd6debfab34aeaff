import type { Check, CheckOutcome } from './doctor.js'

/** Turns what ended a check into a finding, so that the others are still looked at. */
export function noAnswer({ name, title }: Check, error: unknown): CheckOutcome {
  return {
    findings: [
      {
        id: `no-answer-${name}`,
        problem: `This could not be looked at (${title}): ${causeOf(error)}.`,
        reason: 'Uploads of the app may fail in the same way.',
        fix: {
          text: 'Run the doctor again; if it ends here once more, look at what lies between here and the storage: a proxy, a firewall, its load.',
        },
      },
    ],
  }
}

/** Says why a request had no answer, as the network says it. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const words = cause instanceof Error ? cause.message : String(cause)
  return words.replace(/\.$/, '')
}
