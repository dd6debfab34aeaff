import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeHashes } from '../../../../src/testing/node/node-hashes.js'
import { type HashAlgorithm, portableHashes } from '../../../../src/testing/s3/checksums/hashes.js'

const vectors: readonly [HashAlgorithm, string, string][] = [
  ['md5', 'hello', 'XUFAKrxLKna5cZ2REBfFkg=='],
  ['crc32', 'hello', 'NhCmhg=='],
  ['crc32c', 'hello', 'mnG7TA=='],
  ['sha1', 'hello', 'qvTGHdzF6KLavt4PO0gs2a6pQ00='],
  ['sha256', 'hello', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  [
    'sha512',
    'hello',
    'm3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==',
  ],
  ['crc64nvme', 'hello', 'M3eFcAZSQlc='],
  ['crc64nvme', 'tail', 'sAra2CkCEgw='],
  ['crc32', '', 'AAAAAA=='],
  ['crc64nvme', '', 'AAAAAAAAAAA='],
]

/** The check values of the catalogue of CRC algorithms. */
const checkValues: readonly [HashAlgorithm, string][] = [
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
]

describe('hashes', () => {
  for (const [kind, hashes] of [
    ['portable', portableHashes],
    ['Node', { ...portableHashes, ...nodeHashes }],
  ] as const) {
    for (const [algorithm, text, expected] of vectors) {
      it(`computes ${algorithm} of "${text}" (${kind})`, () => {
        const hash = hashes[algorithm]()
        hash.update(new TextEncoder().encode(text))

        expect(Buffer.from(hash.digest()).toString('base64')).toBe(expected)
      })
    }
  }

  for (const [algorithm, expected] of checkValues) {
    it(`computes the check value of ${algorithm}`, () => {
      expect(hexOf(algorithm, [Buffer.from('123456789')])).toBe(expected)
    })
  }

  it('agrees with zlib on the CRC-32 of anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(hexOf('crc32', [bytes])).toBe(crc32(bytes).toString(16).padStart(8, '0'))
      }),
    )
  })

  for (const algorithm of ['crc32', 'crc32c', 'crc64nvme'] as const) {
    it(`computes the same ${algorithm} however the bytes are split`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, offset) => {
          const pieces = [bytes.subarray(0, offset), bytes.subarray(offset)]

          expect(hexOf(algorithm, pieces)).toBe(hexOf(algorithm, [bytes]))
        }),
      )
    })
  }
})

function hexOf(algorithm: HashAlgorithm, pieces: readonly Uint8Array[]): string {
  const hash = portableHashes[algorithm]()
  for (const piece of pieces) hash.update(piece)
  return Buffer.from(hash.digest()).toString('hex')
}
