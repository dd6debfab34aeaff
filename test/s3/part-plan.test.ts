import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxObjectBytes as largest,
  maxPartBytes,
  maxPartCount,
  minPartBytes,
} from '../../src/s3/limits.js'
import {
  defaultPartSizeBytes,
  multipartThresholdBytes,
  partCountOf,
  partRange,
  partSize,
  planParts,
} from '../../src/s3/part-plan.js'

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30
const tebibyte = 2 ** 40
/** Part sizes are multiples of it. */
const block = 65_536

const fixedRuns = { seed: 5497, numRuns: 200 }

const anySize = fc.oneof(
  fc.integer({ min: 0, max: 200 * mebibyte }),
  fc.integer({ min: 0, max: largest }),
  // Around whole parts, where a part too many or too few would come from.
  fc
    .tuple(fc.integer({ min: 1, max: maxPartCount }), fc.constantFrom(-1, 0, 1))
    .map(([parts, offset]) => parts * defaultPartSizeBytes + offset),
)

describe('planParts', () => {
  it.each([
    ['0 bytes', 0, 8 * mebibyte, 0],
    ['1 byte', 1, 8 * mebibyte, 1],
    ['one part less a byte', 8 * mebibyte - 1, 8 * mebibyte, 1],
    ['one part', 8 * mebibyte, 8 * mebibyte, 1],
    ['one part and a byte', 8 * mebibyte + 1, 8 * mebibyte, 2],
    ['the threshold', multipartThresholdBytes, 8 * mebibyte, 4],
    ['six parts', 48 * mebibyte, 8 * mebibyte, 6],
    ['six parts and a byte', 48 * mebibyte + 1, 8 * mebibyte + 65_536, 6],
    ['eleven parts', 88 * mebibyte, 15_400_960, 6],
    ['twelve parts', 96 * mebibyte, 8 * mebibyte, 12],
    ['18 parts', 144 * mebibyte, 8 * mebibyte, 18],
    ['18 parts and a byte', 144 * mebibyte + 1, 8 * mebibyte + 65_536, 18],
    ['256 MB, which would be 31 parts', 256_000_000, 14_286_848, 18],
    ['18 parts of 16 MiB', 288 * mebibyte, 16 * mebibyte, 18],
    ['18 parts of 16 MiB and a byte', 288 * mebibyte + 1, 16 * mebibyte + 65_536, 18],
    ['60 parts', 960 * mebibyte, 16 * mebibyte, 60],
    ['61 parts', 960 * mebibyte + 1, 16 * mebibyte, 61],
    ['1,000 parts', 16_000 * mebibyte, 16 * mebibyte, 1000],
    ['1,000 parts and a byte', 16_000 * mebibyte + 1, 17 * mebibyte, 942],
    ['64,000 MiB', 64_000 * mebibyte, 64 * mebibyte, 1000],
    ['64,000 MiB and a byte', 64_000 * mebibyte + 1, 64 * mebibyte, 1001],
    ['640,000 MiB', 640_000 * mebibyte, 64 * mebibyte, 10_000],
    ['640,000 MiB and a byte', 640_000 * mebibyte + 1, 65 * mebibyte, 9847],
    ['5 TiB', 5 * tebibyte, 525 * mebibyte, 9987],
    ['10,000 parts of 5 GiB', largest, 5 * gibibyte, 10_000],
  ])('cuts %s', (_, size, partSizeBytes, partCount) => {
    expect(planParts(size)).toEqual({ partSizeBytes, partCount })
  })

  it('stays within what S3 allows', () => {
    fc.assert(
      fc.property(anySize, (size) => {
        const { partSizeBytes, partCount } = planParts(size)

        expect(partSizeBytes).toBeGreaterThanOrEqual(defaultPartSizeBytes)
        expect(partSizeBytes).toBeLessThanOrEqual(maxPartBytes)
        expect(partCount).toBeLessThanOrEqual(partSizeBytes < 64 * mebibyte ? 1000 : maxPartCount)
      }),
      fixedRuns,
    )
  })

  it('has no part smaller than asked', () => {
    const minPartSizeBytes = 100_000_000

    expect(planParts(550_000_000, { minPartSizeBytes })).toEqual({
      partSizeBytes: minPartSizeBytes,
      partCount: 6,
    })
  })

  it('fills every round of six connections up to 60 parts', () => {
    const anyPartSize = fc.integer({ min: minPartBytes, max: 100 * mebibyte })
    fc.assert(
      fc.property(anyPartSize, fc.double({ min: 6, max: 60, noNaN: true }), (smallest, rounds) => {
        const size = Math.ceil(smallest * rounds)
        const { partSizeBytes, partCount } = planParts(size, { minPartSizeBytes: smallest })

        expect(partCount % 6).toBe(0)
        expect(partSizeBytes).toBeGreaterThanOrEqual(smallest)
        // With a round more, parts would be smaller than they should be.
        const wished = Math.min(size / 18 + block, 16 * mebibyte)
        expect(size / (partCount + 6)).toBeLessThan(Math.max(smallest, wished))
      }),
      fixedRuns,
    )
  })

  it('leaves rounds open rather than have a part too large', () => {
    const minPartSizeBytes = maxPartBytes

    expect(planParts(13 * maxPartBytes, { minPartSizeBytes })).toEqual({
      partSizeBytes: maxPartBytes,
      partCount: 13,
    })
  })

  it.each([largest + 1, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a file of %s bytes',
    (size) => {
      expect(() => planParts(size)).toThrow(
        new RangeError(
          `s3-direct-upload: size is ${size}; S3 allows whole bytes, 0 to 53687091200000.`,
        ),
      )
    },
  )

  it.each([0, maxPartBytes + 1])('refuses parts of %s bytes', (minPartSizeBytes) => {
    expect(() => planParts(1, { minPartSizeBytes })).toThrow(RangeError)
  })
})

describe('partRange', () => {
  it('covers every byte once', () => {
    fc.assert(
      fc.property(anySize, (size) => {
        const { partSizeBytes, partCount } = planParts(size)
        const file = { size, partSizeBytes }
        let covered = 0
        for (let partNumber = 1; partNumber <= partCount; partNumber += 1) {
          const { start, end } = partRange(file, partNumber)
          if (start !== covered || end <= start) return false
          covered = end
        }
        return covered === size
      }),
      { ...fixedRuns, numRuns: 50 },
    )
  })

  it('gives all parts but the last the same size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: largest }), (size) => {
        const { partSizeBytes, partCount } = planParts(size)
        const file = { size, partSizeBytes }
        const last = partSize(file, partCount)

        expect(partCountOf(file)).toBe(partCount)
        if (partCount > 1) expect(partSize(file, partCount - 1)).toBe(partSizeBytes)
        expect((partCount - 1) * partSizeBytes + last).toBe(size)
        expect(last).toBeLessThanOrEqual(partSizeBytes)
      }),
      fixedRuns,
    )
  })

  it.each([0, 3, 1.5, Number.NaN])('has no part %s of two', (partNumber) => {
    expect(() => partRange({ size: 15, partSizeBytes: 8 }, partNumber)).toThrow(
      new RangeError(
        `s3-direct-upload: there is no part ${partNumber}; the file has 2, numbered from 1.`,
      ),
    )
  })

  it('has no part of an empty file', () => {
    expect(() => partRange({ size: 0, partSizeBytes: 8 }, 1)).toThrow(RangeError)
  })
})
