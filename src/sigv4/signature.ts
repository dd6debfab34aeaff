import { stringToSign } from './canonical-request.js'
import { hmacSha256, toHex } from './crypto.js'
import { credentialScope, importedSigningKey, type SigningKeyInput } from './signing-key.js'

/** Signs a canonical request: the signature in hexadecimal, as it stands in a header or a query. */
export function signCanonicalRequest(canonicalRequest: string, keyInput: SigningKeyInput): string {
  const { date, region, service } = keyInput
  const scope = credentialScope(date, region, service)
  const text = stringToSign({ date, scope, canonicalRequest })
  return toHex(hmacSha256(importedSigningKey(keyInput), text))
}
