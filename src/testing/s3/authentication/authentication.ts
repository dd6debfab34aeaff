import type { Credentials } from '../../../sigv4/credentials.js'
import type { HmacKey } from '../../../sigv4/crypto.js'
import type { Quirks } from '../model/quirks.js'

/** What signatures are verified against. */
export interface AuthenticationFacts {
  readonly credentials: readonly Credentials[]
  readonly region: string
  /** The time, in milliseconds since 1970. */
  readonly now: () => number
  readonly quirks: Quirks
}

/** Who signed a request, and what of it the signature covers. */
export interface Authentication {
  readonly accessKeyId: string
  /** SHA-256 of the body in hexadecimal, `UNSIGNED-PAYLOAD`, or a `STREAMING-…` form. */
  readonly payloadHash: string
  /** What the signatures of a streamed body's chunks continue from. */
  readonly seed: SignatureSeed
}

/** A signature with what it was made from. */
export interface SignatureSeed {
  readonly signature: string
  /** In the form `20151229T000000Z`. */
  readonly time: string
  readonly scope: string
  readonly signingKey: HmacKey
}
