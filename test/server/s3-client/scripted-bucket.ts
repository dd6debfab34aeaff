import { createS3Client } from '../../../src/server/s3-client/s3-client.js'
import type { S3ClientOptions } from '../../../src/server/s3-client/s3-connection.js'
import { credentials, startOfTests } from '../handler-setup.js'

/** What a scripted bucket does with a request. */
export type Answer = Response | Error

/** A client of `https://s3.test/uploads` with some of its options replaced. */
export function clientWith(changes: Partial<S3ClientOptions>) {
  return createS3Client({
    location: { bucket: 'uploads', region: 'eu-west-1', endpoint: 'https://s3.test' },
    credentials,
    now: () => startOfTests,
    sleep: async () => {},
    completionTimeoutMilliseconds: 15_000,
    fetch: async () => new Response(null, { status: 404 }),
    ...changes,
  })
}

/** A bucket that gives these answers one after the other, and remembers what it was asked. */
export function scriptedBucket(answers: readonly Answer[]) {
  const requests: Request[] = []
  const pauses: number[] = []
  const s3 = clientWith({
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
    },
    fetch: async (request) => {
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error('not expected')
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  return { s3, requests, pauses }
}

export const status = (code: number) => new Response(null, { status: code })

export const errorDocument = (code: number, name: string, message = 'No.') =>
  new Response(`<Error><Code>${name}</Code><Message>${message}</Message></Error>`, { status: code })

export const xml = (text: string) => new Response(text)
