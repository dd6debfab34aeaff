import { type RandomFaultsOptions, randomFaultKinds, randomFaults } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { presigned, put, testS3 } from './faulty-s3.js'

/** What a run of requests meets, without the time it takes. */
function drawn(options: RandomFaultsOptions, operations: readonly string[]) {
  const { effect, injected } = randomFaults(options)
  if (typeof effect !== 'function') throw new TypeError('Random faults choose by a function.')
  for (const operation of operations) effect({ operation: operation as 'PutObject', nth: 1 })
  return injected
}

const times = (count: number, operation: string) => Array<string>(count).fill(operation)

describe('random faults', () => {
  it('are the same for the same seed', () => {
    const operations = times(200, 'PutObject')
    const [first, again, other] = [7, 7, 8].map((seed) => drawn({ seed, rate: 0.3 }, operations))

    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('do not depend on how operations overlap', () => {
    const [one, other] = [times(50, 'UploadPart'), times(50, 'HeadObject')]
    const byOperation = (list: ReturnType<typeof drawn>) =>
      list.toSorted((a, b) => a.operation.localeCompare(b.operation) || a.nth - b.nth)
    const mixed = one.flatMap((operation, index) => [operation, other[index] ?? ''])

    expect(byOperation(drawn({ seed: 3, rate: 0.5 }, mixed))).toEqual(
      byOperation(drawn({ seed: 3, rate: 0.5 }, [...one, ...other])),
    )
  })

  it('hit about as many as the rate says', () => {
    const { length } = drawn({ seed: 1, rate: 0.25, inARow: 100 }, times(4000, 'PutObject'))

    expect(length).toBeGreaterThan(850)
    expect(length).toBeLessThan(1150)
  })

  it('are of every kind that fits the operation', () => {
    const kindsOf = (operation: string) => {
      const all = drawn({ seed: 1, rate: 1, inARow: 1000 }, times(500, operation))
      return new Set(all.map(({ effect }) => effect.kind))
    }
    const all = new Set([...kindsOf('UploadPart'), ...kindsOf('CompleteMultipartUpload')])

    expect([...all].sort()).toEqual([...randomFaultKinds].sort())
    expect(kindsOf('HeadObject')).not.toContain('clock')
    expect(kindsOf('UploadPart')).not.toContain('empty-answer')
  })

  it('come no more than so often in a row, and no more than so often in all', () => {
    const nths = (options: Partial<RandomFaultsOptions>) =>
      drawn({ seed: 1, rate: 1, ...options }, times(7, 'PutObject')).map(({ nth }) => nth)

    expect(nths({})).toEqual([1, 2, 4, 5, 7])
    expect(nths({ inARow: 1 })).toEqual([1, 3, 5, 7])
    expect(nths({ limit: 3 })).toEqual([1, 2, 4])
  })

  it('hit the requests of a test S3, and say which', async () => {
    const { s3, events } = testS3()
    const faults = randomFaults({ seed: 5, rate: 1, kinds: ['refuse'], operation: 'PutObject' })
    const remove = s3.fault(faults)
    for (let count = 0; count < 3; count++) await s3.fetch(await put('a'))
    await s3.fetch(await presigned('HEAD', 'a'))
    remove()
    await s3.fetch(await put('a'))

    expect(events.map(({ fault }) => fault)).toEqual([
      'refuse',
      'refuse',
      undefined,
      undefined,
      undefined,
    ])
    expect(faults.injected).toMatchObject([
      { operation: 'PutObject', bucket: 'photos', key: 'a', nth: 1, effect: { kind: 'refuse' } },
      { operation: 'PutObject', bucket: 'photos', key: 'a', nth: 2, effect: { kind: 'refuse' } },
    ])
  })

  it('name all that is wrong with their options', () => {
    const options = { seed: 0.5, rate: 2, kinds: ['offline'], limit: -1, inARow: 0 }

    expect(() => randomFaults(options as unknown as RandomFaultsOptions)).toThrow(
      /"offline".*seed: 0\.5.*rate: 2.*limit: -1.*inARow: 0/,
    )
  })
})
