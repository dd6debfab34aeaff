import type { ConformanceRule } from '../client/conformance-rule.js'
import { requireRefusal } from '../client/expectations.js'
import { withMultipart } from '../client/multipart-uploads.js'
import { uploadOne } from '../client/uploads.js'
import { requireOtherUser } from './caller-rules.js'
import { alteredTokens } from './token-rules.js'

const section = 'What a server must do'

/** That the operations of the level act on a genuine token alone. */
export const multipartTokenRules: readonly ConformanceRule[] = [
  {
    id: 'multipart-other-user',
    level: 'multipart',
    title: "refuses another user's upload in parts",
    section,
    says: "Refuse another owner's token before S3 is asked.",
    async run(subject) {
      requireOtherUser(subject)
      await withMultipart(subject, async ({ token }) => {
        for (const body of partRequests(token)) {
          const answer = await subject.ask({ body, as: 'other-user' })
          requireRefusal(answer, `${body.operation} of another user's upload`, 'invalid-token')
        }
      })
      return undefined
    },
  },
  {
    id: 'multipart-altered-token',
    level: 'multipart',
    title: 'refuses an altered token of an upload in parts',
    section,
    says: 'An altered token is refused with invalid-token.',
    async run(subject) {
      await withMultipart(subject, async ({ token }) => {
        const altered = alteredTokens(token).filter((_, index) => index % 9 === 0)
        for (const body of [...altered, token.slice(0, -1), ''].flatMap(partRequests)) {
          const answer = await subject.ask({ body })
          requireRefusal(answer, `${body.operation} with an altered token`, 'invalid-token')
        }
      })
      return undefined
    },
  },
  {
    id: 'multipart-token-kind',
    level: 'multipart',
    title: 'signs no parts for a file that goes in one request',
    section,
    says: 'Act on what the token says alone.',
    async run(subject) {
      const { signed, completed } = await uploadOne(subject)
      for (const body of [signed.token, completed.receipt].flatMap(partRequests)) {
        const answer = await subject.ask({ body })
        requireRefusal(
          answer,
          `${body.operation} without parts`,
          'invalid-token',
          'invalid-request',
        )
      }
      return undefined
    },
  },
]

function partRequests(token: string) {
  return [
    { operation: 'sign-parts', token, parts: [{ partNumber: 1 }] },
    { operation: 'list-parts', token },
  ]
}
