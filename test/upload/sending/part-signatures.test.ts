import { expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { createChecksummer } from '../../../src/upload/checksum/checksum.js'
import { FileChecksums } from '../../../src/upload/checksum/file-checksums.js'
import type { UploadClient } from '../../../src/upload/endpoint/upload-client.js'
import { MultipartState } from '../../../src/upload/multipart/multipart-state.js'
import { defaultRetryPolicy } from '../../../src/upload/retry/retry-policy.js'
import { PartSignatures } from '../../../src/upload/sending/part-signatures.js'

const partSizeBytes = 16

/** The signatures of an upload of so many parts, with a clock and what the endpoint is asked for. */
function createSignatures(partCount: number) {
  const clock = { ms: 0, answerMs: 0 }
  const asked: number[][] = []
  const client: Pick<UploadClient, 'signParts'> = {
    async signParts(_token, parts) {
      asked.push(parts.map(({ partNumber }) => partNumber))
      clock.ms += clock.answerMs
      const signed = parts.map(({ partNumber }) => ({
        partNumber,
        url: `https://bucket.test/key?partNumber=${partNumber}&asked=${asked.length}`,
        headers: {},
      }))
      return { parts: signed, expiresInSeconds: 900 }
    },
  }
  const { signal } = new AbortController()
  const facts = { token: 't', key: 'key', partSizeBytes, partCount }
  const source = new Blob([new Uint8Array(partCount * partSizeBytes)])
  const signatures = new PartSignatures({
    source,
    upload: new MultipartState(facts, { size: partCount * partSizeBytes }),
    client: client as UploadClient,
    policy: defaultRetryPolicy,
    runtime: { ...systemRuntime, now: () => clock.ms },
    checksums: new FileChecksums(new Blob(), {
      checksums: createChecksummer({ runtime: systemRuntime }),
      signal,
    }),
    signal,
    follow: (work) => work,
    onRetry() {},
  })
  return { signatures, clock, asked }
}

it('asks for the URLs of many parts at a time, and once for each', async () => {
  const { signatures, asked } = createSignatures(100)

  for (let partNumber = 1; partNumber <= 100; partNumber += 1) {
    const { part } = await signatures.take(partNumber)
    expect(part.partNumber).toBe(partNumber)
    signatures.forget(partNumber)
  }

  expect(asked.flat()).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  expect(asked.length).toBeLessThanOrEqual(6)
})

it('asks again for a URL that has grown old in stock', async () => {
  const { signatures, clock, asked } = createSignatures(4)
  await signatures.take(1)
  clock.ms += 900_000

  const { part, isFresh } = await signatures.take(2)

  expect(asked).toEqual([[1, 2, 3, 4], [2]])
  expect(part.url).toContain('asked=2')
  expect(isFresh()).toBe(true)
})

it('has URLs that live from when they were asked for', async () => {
  const { signatures, clock } = createSignatures(4)
  clock.answerMs = 850_000

  expect((await signatures.take(1)).isFresh()).toBe(false)
})

it('asks again for a URL that may have been refused, and for no other', async () => {
  const { signatures, asked } = createSignatures(4)
  await signatures.take(1)

  signatures.drop(2, { isDamaged: false })
  await signatures.take(2)
  await signatures.take(3)

  expect(asked).toEqual([[1, 2, 3, 4], [2]])
})
