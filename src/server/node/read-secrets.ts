import { minSecretLength } from '../tokens/token.js'
import { cleanValue, controlCharacter } from './clean-environment.js'

/** Says what `S3_UPLOAD_SECRET` holds. */
export const secretPurpose =
  `at least ${minSecretLength} random characters that sign tokens and receipts; ` +
  'make them with: openssl rand -base64 32'

/** Of a list in JSON, or quoted as a whole and in parts: no secret of a list begins or ends with one. */
const quotedEdge = /^["'[]|["'\]]$/

/**
 * Reads one secret, or several with commas between them: the first signs, all verify.
 *
 * Blanks around a comma and quotation marks around each do not count. One secret alone stays text.
 */
export function readSecrets(value: string, problems: string[]): string | readonly string[] {
  const secrets = value
    .split(',')
    .map(cleanValue)
    .filter((secret) => secret !== '')
  const [first = ''] = secrets
  const problem = problemOf(secrets)
  if (problem !== undefined) problems.push(`S3_UPLOAD_SECRET: ${problem}`)
  else if (value !== '' && first === '') {
    problems.push(`S3_UPLOAD_SECRET: is empty but for commas. It holds ${secretPurpose}.`)
  }
  return secrets.length > 1 ? secrets : first
}

function problemOf(secrets: readonly string[]): string | undefined {
  const place = (index: number) =>
    secrets.length > 1 ? ` at place ${index + 1} of ${secrets.length}` : ''
  const shortAt = secrets.findIndex(({ length }) => length < minSecretLength)
  if (shortAt >= 0) {
    return `is too short${place(shortAt)}. It holds ${secretPurpose}. Commas separate several.`
  }
  const brokenAt = secrets.findIndex((secret) => controlCharacter.test(secret))
  if (brokenAt >= 0) {
    return `is more than one line, or has a control character${place(brokenAt)}. Separate several with commas.`
  }
  const quotedAt = secrets.length > 1 ? secrets.findIndex((text) => quotedEdge.test(text)) : -1
  if (quotedAt >= 0) {
    return `has a quotation mark or a bracket at an end${place(quotedAt)}. Write the secrets alone, with commas between them.`
  }
  return undefined
}
