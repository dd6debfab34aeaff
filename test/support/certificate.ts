import { generateKeyPairSync, sign } from 'node:crypto'

/** A private key and its certificate, as `node:https` takes them. */
export interface CertificatePair {
  readonly key: string
  readonly cert: string
}

const sequence = 0x30
const oids = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
}

/**
 * Makes a key and a self-signed certificate for `localhost`, so that none has to be kept.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function makeCertificate(): CertificatePair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = der(sequence, oids.ecdsaWithSha256)
  const name = der(
    sequence,
    der(0x31, der(sequence, oids.commonName, der(0x0c, Buffer.from('localhost')))),
  )
  const version = der(0xa0, der(2, Buffer.from([2])))
  const serialNumber = der(2, Buffer.from([1]))
  const validity = der(sequence, timeIn(-1), timeIn(1))
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' })
  const facts = [version, serialNumber, algorithm, name, validity, name, subjectKey]
  const toBeSigned = der(sequence, ...facts)
  const signature = der(3, Buffer.from([0]), sign('sha256', toBeSigned, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(der(sequence, toBeSigned, algorithm, signature)),
  }
}

/** Writes one value with its tag and length. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body])
  if (length < 256) return Buffer.concat([Buffer.from([tag, 0x81, length]), body])
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), body])
}

function timeIn(days: number): Buffer {
  const time = new Date(Date.now() + days * 86_400_000)
  return der(0x17, Buffer.from(`${time.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
