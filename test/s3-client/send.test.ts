import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { sendDeleteObject } from '../../src/s3-client/delete-object.js'
import { NoCredentialsError } from '../../src/s3-client/live-credentials.js'
import { readAnswer, readAnyAnswer } from '../../src/s3-client/s3-answer.js'
import {
  openConnection,
  requestTimeoutMs,
  type S3ClientOptions,
} from '../../src/s3-client/s3-connection.js'
import { refused, S3RequestError } from '../../src/s3-client/s3-failure.js'
import { send } from '../../src/s3-client/send.js'
import { credentials, startOfTests } from '../server/handler-setup.js'
import { VirtualClock } from '../support/virtual-clock.js'
import { errorDocument, status } from './scripted-bucket.js'

const url = new URL('https://s3.test/uploads/a.txt')

function connect(changes: Partial<S3ClientOptions>) {
  return openConnection({
    location: { bucket: 'uploads', region: 'eu-west-1', endpoint: 'https://s3.test' },
    credentials,
    now: () => startOfTests,
    runtime: { ...systemRuntime, sleep: async () => {} },
    fetch: async () => status(200),
    ...changes,
  })
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('send', () => {
  it('returns whatever S3 answers, where every answer is read and none is asked for again', async () => {
    const connection = connect({ fetch: async () => errorDocument(503, 'SlowDown', 'Slower.') })
    const request = { method: 'GET', url, read: readAnyAnswer, retries: 0 } as const

    expect(await send(request, connection)).toMatchObject({
      status: 503,
      error: { code: 'SlowDown', message: 'Slower.' },
    })
  })

  it('fails with the status and the code of the last answer', async () => {
    const answers = [status(500), status(500), errorDocument(503, 'SlowDown')]
    const connection = connect({ fetch: async () => answers.shift() ?? status(200) })
    const failure = await failureOf(send({ method: 'GET', url, read: readAnswer }, connection))

    expect(failure).toBeInstanceOf(S3RequestError)
    expect(failure).toMatchObject({ isTransient: true, status: 503, code: 'SlowDown' })
  })

  it('keeps what went wrong as the cause where S3 did not answer', async () => {
    const lost = new TypeError('fetch failed')
    const connection = connect({ fetch: () => Promise.reject(lost) })
    const failure = await failureOf(send({ method: 'GET', url, read: readAnswer }, connection))

    expect(failure).toMatchObject({ isTransient: true, status: undefined, cause: lost })
  })

  it('calls `fetch` as a function, since browsers and workers refuse it as a method', async () => {
    const seen: unknown[] = []
    async function fetch(this: unknown) {
      seen.push(this)
      return status(200)
    }
    const connection = connect({ fetch })

    await send({ method: 'GET', url, read: readAnswer }, connection)
    await send(
      { method: 'GET', url, read: readAnswer, signal: new AbortController().signal },
      connection,
    )
    expect(seen).toEqual([undefined, undefined])
  })

  it('keeps nothing of a refusal but its status, its error and the region', async () => {
    const connection = connect({ fetch: async () => errorDocument(403, 'AccessDenied') })
    const failure = await failureOf(sendDeleteObject({ key: 'a.txt' }, connection))

    expect(Object.keys((failure as S3RequestError).answer ?? {})).toEqual([
      'status',
      'error',
      'region',
    ])
  })

  it('does not count the time that credentials take', async () => {
    const clock = new VirtualClock()
    const connection = connect({
      runtime: clock.runtime,
      fetch: async ({ signal }) => {
        signal.throwIfAborted()
        return status(200)
      },
      credentials: async () => {
        await clock.runtime.sleep(60_000)
        return credentials
      },
    })

    const answer = clock.until(
      send({ method: 'GET', url, read: readAnswer, retries: 0 }, connection),
    )
    await expect(answer).resolves.toMatchObject({ status: 200 })
  })

  it('does not ask again after a refusal', async () => {
    let count = 0
    const read = async (response: Response) => {
      count += 1
      throw refused('DeleteObject', await readAnswer(response))
    }
    const connection = connect({ fetch: async () => errorDocument(403, 'AccessDenied') })

    expect(await failureOf(send({ method: 'DELETE', url, read }, connection))).toMatchObject({
      isTransient: false,
      operation: 'DeleteObject',
      status: 403,
      code: 'AccessDenied',
    })
    expect(count).toBe(1)
  })

  it('calls a refusal transient that the same request can survive later', async () => {
    const answer = await readAnyAnswer(errorDocument(400, 'ExpiredToken'))

    expect(refused('ListParts', answer).isTransient).toBe(true)
  })

  it('gives each try 15 seconds', async () => {
    const clock = new VirtualClock()
    const connection = connect({
      runtime: { ...clock.runtime, random: () => 0.5 },
      fetch: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    })
    const sent = send({ method: 'GET', url, read: readAnswer }, connection)

    const message = `S3 did not answer within ${requestTimeoutMs / 1000} s.`
    expect(await failureOf(clock.until(sent))).toMatchObject({
      cause: { name: 'TimeoutError', message },
    })
    expect(clock.now).toBe(3 * 15_000 + 100 + 200)
  })

  it.each([
    ['CredentialsProviderError', 'misconfigured'],
    ['Error', 'unavailable'],
  ])('asks for credentials once, and sends nothing without them: %s', async (name, reason) => {
    let asked = 0
    const connection = connect({
      credentials: () => {
        asked += 1
        return Promise.reject(Object.assign(new Error('None.'), { name }))
      },
    })
    const failure = await failureOf(send({ method: 'GET', url, read: readAnswer }, connection))

    expect(failure).toBeInstanceOf(NoCredentialsError)
    expect(failure).toMatchObject({ reason, cause: { message: 'None.' } })
    expect(asked).toBe(1)
  })
})
