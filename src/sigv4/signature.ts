import { stringToSign } from './canonical-request.js'
import { hmacSha256, toHex } from './crypto.js'
import { credentialScope, importedSigningKey, type SigningKeyInput } from './signing-key.js'

/** Signs a canonical request: the signature in hexadecimal, as it stands in a header or a query. */
export async function signCanonicalRequest(
  canonicalRequest: string,
  keyInput: SigningKeyInput,
): Promise<string> {
  const { date, region, service } = keyInput
  const scope = credentialScope(date, region, service)
  const text = await stringToSign({ date, scope, canonicalRequest })
  return toHex(await hmacSha256(await importedSigningKey(keyInput), text))
}
