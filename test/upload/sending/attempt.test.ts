import { expect, it } from 'vitest'
import { FileError } from '../../../src/upload/errors/upload-error.js'
import { beginAttempt } from '../../../src/upload/sending/attempt.js'
import { SmallParts } from '../../../src/upload/sending/small-parts.js'

function begin({ source }: { readonly source?: Blob } = {}) {
  const clock = { ms: 0 }
  const { signal } = new AbortController()
  const silent = () => {}
  const attempt = beginAttempt(
    {
      record: {
        id: 'a',
        uploadId: crypto.randomUUID(),
        name: 'a',
        type: '',
        size: 5,
        source,
        status: 'waiting',
        bytesUploaded: 0,
      },
      number: 1,
      signal,
      cancelled: signal,
      smallParts: new SmallParts(),
      waitToRetry: async () => {},
      pauses: 0,
      report: {
        state: silent,
        wait: silent,
        progress: silent,
        part: silent,
        watch: (transport) => transport,
      },
      checksums: () => {
        throw new Error('Nobody asks for them.')
      },
      follow: (work) => work,
    },
    { now: () => clock.ms },
  )
  return { attempt, clock }
}

it('an attempt has sent nothing and taken no time until its request starts', () => {
  const { attempt, clock } = begin()
  clock.ms = 5

  expect([attempt.sentBytes, attempt.durationMs]).toEqual([0, 0])
})

it('an attempt counts bytes and time from the start of its request', () => {
  const { attempt, clock } = begin()
  clock.ms = 5
  attempt.noteStart()
  clock.ms = 12
  attempt.noteSent(3)

  expect([attempt.sentBytes, attempt.durationMs]).toEqual([3, 7])
})

it('an attempt gives the bytes of the file, or says that they are not here', () => {
  const source = new Blob(['hello'])

  expect(begin({ source }).attempt.source).toBe(source)
  expect(() => begin().attempt.source).toThrow(FileError)
})
