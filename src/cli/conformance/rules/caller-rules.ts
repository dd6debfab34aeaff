import { type ConformanceRule, fail, skip } from '../client/conformance-rule.js'
import {
  described,
  requireAnswer,
  requireEntryRefusal,
  requireRefusal,
} from '../client/expectations.js'
import type { Subject } from '../client/subject.js'
import {
  newFile,
  requestAbortUploads,
  requestCompleteUploads,
  requestSingle,
  uploadOne,
} from '../client/uploads.js'

const foreignOrigin = 'https://conformance.invalid'

/** Who may do what. */
export const callerRules: readonly ConformanceRule[] = [
  {
    id: 'signed-out',
    level: 'core',
    title: 'refuses whoever is not signed in',
    section: 'What a server must do',
    says: 'Authorize every request; nobody signed in is answered with unauthorized.',
    async run(subject) {
      if (Object.keys(subject.headers).length === 0)
        return skip('No header of a signed-in user was given.')
      const { token } = await requestSingle(subject)
      for (const body of [
        { operation: 'sign-uploads', files: [newFile(subject)] },
        { operation: 'complete-uploads', uploads: [{ token }] },
        { operation: 'abort-uploads', tokens: [token] },
      ]) {
        const answer = await subject.ask({ body, as: 'nobody' })
        requireRefusal(answer, `${body.operation} without the user's headers`, 'unauthorized')
      }
      return undefined
    },
  },
  {
    id: 'other-user',
    level: 'core',
    title: "refuses another user's token",
    section: 'What a server must do',
    says: 'Accept a token only from the owner it was made for.',
    async run(subject) {
      requireOtherUser(subject)
      const { signed } = await uploadOne(subject)
      const [completed] = await requestCompleteUploads(subject, [signed.token], 'other-user')
      requireEntryRefusal(completed ?? {}, "Completing another user's upload", 'invalid-token')
      const [aborted] = await requestAbortUploads(subject, [signed.token], 'other-user')
      requireEntryRefusal(aborted ?? {}, "Aborting another user's upload", 'invalid-token')
      return undefined
    },
  },
  {
    id: 'foreign-origin',
    level: 'core',
    title: 'refuses pages of other origins',
    section: 'What a server must do',
    says: 'Check Origin (or Sec-Fetch-Site) where browsers send it.',
    async run(subject) {
      const body = { operation: 'sign-uploads', files: [newFile(subject)] }
      for (const origin of [foreignOrigin, 'null']) {
        const headers = { origin, 'sec-fetch-site': 'cross-site' }
        const answer = await subject.ask({ body, headers })
        requireRefusal(answer, `A page of the origin ${origin}`, 'origin-not-allowed', 'forbidden')
      }
      return undefined
    },
  },
  {
    id: 'own-origin',
    level: 'core',
    title: 'answers pages of the origin it is meant for',
    section: 'What a server must do',
    says: 'Check Origin (or Sec-Fetch-Site) where browsers send it.',
    async run(subject) {
      const { origin } = subject
      if (origin === undefined) return skip('No origin was given.')
      const body = { operation: 'sign-uploads', files: [newFile(subject)] }
      const answer = await subject.ask({ body })
      if (answer.status !== 200) fail(`A page of ${origin} was answered with ${described(answer)}.`)
      requireAnswer('sign-uploads', answer)
      return undefined
    },
  },
]

/** Skips the rule where only one user is known. */
export function requireOtherUser({ otherHeaders }: Subject): void {
  if (otherHeaders === undefined) skip('No header of another user was given.')
}
