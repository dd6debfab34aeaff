/** An AWS access key, with a session token when it is temporary. */
export interface Credentials {
  /** The public half, such as `AKIAIOSFODNN7EXAMPLE`; it appears in every signature. */
  readonly accessKeyId: string
  /** The secret half; it never leaves the process. */
  readonly secretAccessKey: string
  /** Sent along with every signature made from temporary credentials. */
  readonly sessionToken?: string
  /** When temporary credentials end; a signature made from them ends with them. */
  readonly expiration?: Date
}

/**
 * Returns credentials that can sign.
 *
 * @throws TypeError when one half of the key is missing or empty, or has blanks or line ends around it.
 */
export function requireCredentials(credentials: Credentials | undefined): Credentials {
  if (credentials?.accessKeyId && credentials.secretAccessKey) {
    const unclean = uncleanField(credentials)
    if (unclean === undefined) return credentials
    throw new TypeError(
      `s3-direct-upload: the ${unclean} of the credentials begins or ends with a blank or a line end, so that every ` +
        'signature would be refused. Trim it where it is read.',
    )
  }
  const missing = credentials?.accessKeyId ? 'secretAccessKey' : 'accessKeyId'
  throw new TypeError(
    `s3-direct-upload: the credentials have no ${missing}, so nothing can be signed. ` +
      'Pass { accessKeyId, secretAccessKey }, or a function that resolves to them.',
  )
}

/** Returns which field of an access key has white space around it, as `echo` and files with CRLF leave it there. */
export function uncleanField(
  credentials: Credentials,
): 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | undefined {
  const fields = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const
  return fields.find((name) => credentials[name] !== credentials[name]?.trim())
}
