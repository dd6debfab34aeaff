import { systemRuntime } from '../../src/async/runtime.js'
import type { S3ClientOptions } from '../../src/s3-client/s3-connection.js'
import { createStorageClient } from '../../src/server/storage/storage-client.js'
import { credentials, startOfTests } from '../server/handler-setup.js'

/** What a scripted bucket does with a request. */
export type Answer = Response | Error

/** A client of `https://s3.test/uploads` with some of its options replaced. */
export function clientWith(changes: Partial<S3ClientOptions>) {
  return createStorageClient({
    location: { bucket: 'uploads', region: 'eu-west-1', endpoint: 'https://s3.test' },
    credentials,
    now: () => startOfTests,
    runtime: { ...systemRuntime, sleep: async () => {} },
    fetch: async () => new Response(null, { status: 404 }),
    ...changes,
  })
}

/** A bucket that gives these answers one after the other, and remembers what it was asked. */
export function scriptedBucket(answers: readonly Answer[]) {
  const requests: Request[] = []
  const pauses: number[] = []
  const s3 = clientWith({
    runtime: {
      ...systemRuntime,
      sleep: async (ms) => {
        pauses.push(ms)
      },
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
