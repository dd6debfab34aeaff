interface NetworkFailure {
  readonly codes: readonly string[]
  /** What happened, as the end of a sentence. */
  readonly reason: string
  /** What helps most often, in a sentence. */
  readonly remedy: string
  /** Nothing of the request can have arrived. */
  readonly isBeforeSending: boolean
}

const failures: readonly NetworkFailure[] = [
  {
    codes: ['ECONNREFUSED'],
    reason: 'nothing listens there',
    remedy: 'Start the server, or put the port right.',
    isBeforeSending: true,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    reason: 'there is no such host name, or no network to ask for it',
    remedy:
      'Put the host name right; a name of a container or of a cluster holds only inside of it.',
    isBeforeSending: true,
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    reason: 'no connection came about',
    remedy:
      'Look for a firewall between; where only a proxy leads out, Node 24 takes it with NODE_USE_ENV_PROXY=1 and HTTPS_PROXY.',
    isBeforeSending: true,
  },
  {
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ],
    reason: 'its certificate is signed by nobody whom Node trusts',
    remedy:
      'Give Node the certificate of who signed it (a proxy, or your own storage): NODE_EXTRA_CA_CERTS=/path/to/ca.pem.',
    isBeforeSending: true,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    reason: 'its certificate is for another host name',
    remedy: 'Use the name that the certificate has, or get one for this name.',
    isBeforeSending: true,
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    reason: 'its certificate is not valid at this time',
    remedy: 'Renew the certificate, or set the clock of this machine.',
    isBeforeSending: true,
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'],
    reason: 'it does not speak https',
    remedy: 'Write http: instead of https:, or name the port that speaks https.',
    isBeforeSending: true,
  },
  {
    codes: ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'],
    reason: 'the connection broke off before there was an answer',
    remedy:
      'Look whether the port speaks https and the URL says http:, and for a proxy or a firewall between.',
    isBeforeSending: false,
  },
  {
    codes: ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    reason: 'no answer came in time',
    remedy: 'Look at its load, and for a proxy or a firewall between.',
    isBeforeSending: false,
  },
]

/** Says why a request had no answer, as the end of a sentence and with the code to search for. */
export function networkReason(error: unknown): string {
  const code = codeOf(error)
  const failure = failureOf(code)
  if (failure) return `${failure.reason} (${code})`
  const cause = causeOf(error)
  const words = cause instanceof Error ? cause.message || cause.name : String(cause)
  return words.replace(/^s3-direct-upload: /, '').replace(/\.$/, '')
}

/** Says what helps most often; `undefined` where the failure is none of the network. */
export function networkRemedy(error: unknown): string | undefined {
  return failureOf(codeOf(error))?.remedy
}

/** Tells whether nothing of a request that had no answer can have arrived. */
export function wasNeverSent(error: unknown): boolean {
  return failureOf(codeOf(error))?.isBeforeSending ?? false
}

function failureOf(code: string): NetworkFailure | undefined {
  return failures.find(({ codes }) => codes.includes(code))
}

function codeOf(error: unknown): string {
  const cause = causeOf(error)
  if (!(cause instanceof Error)) return ''
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}

/** The error below the `fetch failed` of Node, and below what a command has made of it. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause ? causeOf(error.cause) : error
}
