import { createTestS3, type TestS3Options } from 's3-direct-upload/testing'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { expect, it } from 'vitest'

const credentials = { accessKeyId: 'test', secretAccessKey: 'secret' }

it.each([
  ['no buckets', { credentials }, /buckets: give a list of names/],
  ['one bucket as text', { buckets: 'uploads', credentials }, /buckets: give a list of names/],
  ['no credentials', { buckets: ['uploads'] }, /credentials: give at least one/],
  ['half a key', { buckets: ['uploads'], credentials: { accessKeyId: 'a' } }, /credentials: give/],
  ['nothing at all', {}, /buckets: .*credentials: /],
])('names what is missing with %s', async (_what, options, problem) => {
  // As JavaScript may call it.
  const given = options as unknown as TestS3Options

  expect(() => createTestS3(given)).toThrow(problem)
  await expect(startTestS3(given)).rejects.toThrow(problem)
})
