import { expect, it } from 'vitest'
import { fingerprintOf } from '../../../src/upload/resume/fingerprint.js'

const sampleBytes = 64 * 1024

function fileOf(bytes: Uint8Array<ArrayBuffer>, { name = 'a.bin', lastModified = 1 } = {}): File {
  return new File([bytes], name, { type: 'application/octet-stream', lastModified })
}

const facts = ({ name, type, size }: File) => ({ name, type, size })

const bytesWith = (size: number, at: number) => {
  const bytes = new Uint8Array(size)
  bytes[at] = 1
  return bytes
}

it('is the same for the same file chosen again', async () => {
  const first = fileOf(new Uint8Array(200_000))
  const second = fileOf(new Uint8Array(200_000))

  const fingerprint = await fingerprintOf(first, facts(first))

  expect(fingerprint).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  expect(await fingerprintOf(second, facts(second))).toBe(fingerprint)
})

it.each([
  ['name', { name: 'b.bin' }],
  ['type', { type: 'text/plain' }],
  ['size', { size: 1 }],
  ['path', { relativePath: 'folder/a.bin' }],
])('differs with the %s', async (_, change) => {
  const file = fileOf(new Uint8Array(10))

  const fingerprint = await fingerprintOf(file, { ...facts(file), ...change })

  expect(fingerprint).not.toBe(await fingerprintOf(file, facts(file)))
})

it('is the same where the date moves by itself', async () => {
  const file = fileOf(new Uint8Array(10))
  const later = fileOf(new Uint8Array(10), { lastModified: 2 })

  expect(await fingerprintOf(later, facts(later))).toBe(await fingerprintOf(file, facts(file)))
})

it.each([0, sampleBytes - 1, 300_000 - sampleBytes, 299_999])(
  'differs with byte %d of 300,000',
  async (at) => {
    const file = fileOf(new Uint8Array(300_000))
    const other = fileOf(bytesWith(300_000, at))

    expect(await fingerprintOf(other, facts(other))).not.toBe(
      await fingerprintOf(file, facts(file)),
    )
  },
)

it('reads no more than the two ends', async () => {
  const file = fileOf(new Uint8Array(300_000))
  const other = fileOf(bytesWith(300_000, 150_000))

  expect(await fingerprintOf(other, facts(other))).toBe(await fingerprintOf(file, facts(file)))
})
