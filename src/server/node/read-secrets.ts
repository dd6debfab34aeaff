import { minSecretLength } from '../tokens/token.js'

/** Says what `S3_UPLOAD_SECRET` holds. */
export const secretPurpose =
  `at least ${minSecretLength} random characters that sign tokens and receipts; ` +
  'make them with: openssl rand -base64 32'

/**
 * Reads one secret, or several with commas between them: the first signs, all verify.
 *
 * Blanks around a comma do not count. One secret alone stays text.
 */
export function readSecrets(value: string, problems: string[]): string | readonly string[] {
  const secrets = value
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
  const [first = ''] = secrets
  const shortAt = secrets.findIndex(({ length }) => length < minSecretLength)
  if (shortAt >= 0) {
    const place = secrets.length > 1 ? ` at place ${shortAt + 1} of ${secrets.length}` : ''
    problems.push(
      `S3_UPLOAD_SECRET: is too short${place}. It holds ${secretPurpose}. Commas separate several.`,
    )
  } else if (value !== '' && first === '') {
    problems.push(`S3_UPLOAD_SECRET: is empty but for commas. It holds ${secretPurpose}.`)
  }
  return secrets.length > 1 ? secrets : first
}
