import { type CredentialsSource, resolveCredentials } from '../../s3-client/credentials-source.js'

const providers = '@aws-sdk/credential-providers'

/** Says why there is no key to sign with, and how to come by one. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError'
  readonly problem: string
  readonly remedy: { readonly text: string; readonly command: string }

  constructor(cause: unknown) {
    const [problem, remedy] = isPackageMissing(cause) ? withoutPackage : withoutKey(cause)
    super(`s3-direct-upload: ${problem} ${remedy.text}\n  ${remedy.command}`, { cause })
    this.problem = problem
    this.remedy = remedy
  }
}

/** Has a source of credentials fail with a `CredentialsError`. */
export function explained(source: CredentialsSource): CredentialsSource {
  if (typeof source !== 'function') return source
  return async () => {
    try {
      return await resolveCredentials(source)
    } catch (cause) {
      throw new CredentialsError(cause)
    }
  }
}

const withoutPackage = [
  `AWS_ACCESS_KEY_ID is not set, and the optional package that finds profiles and roles, ${providers}, is not installed.`,
  {
    text: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or, to use a profile or a role, install the package.',
    command: `npm install ${providers}`,
  },
] as const

function withoutKey(cause: unknown) {
  const words = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
  return [
    `AWS_ACCESS_KEY_ID is not set, and the default chain of AWS has no credentials: ${words}.`,
    {
      text: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile that is signed in (AWS_PROFILE). This line shows what AWS tools find:',
      command: 'aws sts get-caller-identity',
    },
  ] as const
}

function isPackageMissing(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
}
