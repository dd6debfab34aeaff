import { maxTokenLength } from '../../../protocol/fields.js'
import { maxBatchSize } from '../../../protocol/operations.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { fieldOf, requireEntryRefusal } from '../client/expectations.js'
import { requestAbortUploads, requestCompleteUploads, uploadOne } from '../client/uploads.js'

const section = 'What a server must do'
const base64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** That a token cannot be altered. */
export const tokenRules: readonly ConformanceRule[] = [
  {
    id: 'altered-token',
    level: 'core',
    title: 'refuses a token with any character altered',
    section,
    says: 'A server signs the token; an altered one is refused with invalid-token.',
    async run(subject) {
      const { signed } = await uploadOne(subject)
      const altered = alteredTokens(signed.token)
      for (const entry of await requestCompleteUploads(subject, altered)) {
        requireEntryRefusal(entry, 'An altered token', 'invalid-token')
      }
      for (const entry of await requestAbortUploads(subject, altered)) {
        requireEntryRefusal(entry, 'Aborting with an altered token', 'invalid-token')
      }
      return `${altered.length} characters were altered, one at a time.`
    },
  },
  {
    id: 'broken-token',
    level: 'core',
    title: 'refuses a token that is cut, lengthened or made up',
    section,
    says: 'Whatever the server did not sign is refused with invalid-token.',
    async run(subject) {
      const { token } = (await uploadOne(subject)).signed
      const broken = [
        ...[1, 10, token.length >> 1, token.length - 1].map((length) => token.slice(0, length)),
        ...[
          `${token}A`,
          `${token}.`,
          token + token,
          token.toUpperCase(),
          'v1..',
          'v1.e30.e30',
          'null',
          'x'.repeat(maxTokenLength),
        ],
        '',
        'x'.repeat(16_385),
      ].filter((candidate) => candidate !== token)
      for (const entry of await requestCompleteUploads(subject, broken)) {
        requireEntryRefusal(entry, 'A broken token', 'invalid-token', 'invalid-request')
      }
      return undefined
    },
  },
  {
    id: 'token-kind',
    level: 'core',
    title: 'does not take a receipt for a token',
    section,
    says: 'Act on what the token says alone.',
    async run(subject) {
      const { completed } = await uploadOne(subject)
      const [entry] = await requestCompleteUploads(subject, [completed.receipt])
      requireEntryRefusal(entry ?? {}, 'A receipt in the place of a token', 'invalid-token')
      return undefined
    },
  },
  {
    id: 'no-echo',
    level: 'core',
    title: 'repeats no token in a message',
    section: 'Errors',
    says: 'message says what happened, and never a secret.',
    async run(subject) {
      const { token } = (await uploadOne(subject)).signed
      const altered = alteredTokens(token).at(-1) ?? ''
      const entries = await requestCompleteUploads(subject, [altered, `${token}x`])
      const told = entries
        .map((entry) => String(fieldOf(fieldOf(entry, 'error'), 'message')))
        .join()
      if (told.includes(altered.slice(0, 60)) || told.includes(token.slice(-30))) {
        fail('The message of a refusal repeats the token.')
      }
      return undefined
    },
  },
]

/** The token with one character altered, for positions all over it, the last among them. */
export function alteredTokens(token: string): readonly string[] {
  const step = Math.max(1, token.length / maxBatchSize)
  const positions = new Set([token.length - 1])
  for (let position = 0; position < token.length - 1; position += step)
    positions.add(Math.floor(position))
  return [...positions].slice(0, maxBatchSize).map((position) => {
    return (
      token.slice(0, position) + otherCharacter(token.charAt(position)) + token.slice(position + 1)
    )
  })
}

/** Another one in its highest bit: the lowest ones of the last character mean nothing. */
function otherCharacter(character: string): string {
  const index = base64Url.indexOf(character)
  return index === -1 ? 'A' : base64Url.charAt(index ^ 32)
}
