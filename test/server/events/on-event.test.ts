import { describe, expect, it, vi } from 'vitest'
import type { SigningEvent } from '../../../src/server/contract/events.js'
import { createTestHandler, endpoint, file, secret } from '../handler-setup.js'
import { createPair } from '../multipart-setup.js'

/** Collects what is logged. */
function collect() {
  const events: SigningEvent[] = []
  return { events, onEvent: (event: SigningEvent) => events.push(event) }
}

describe('onEvent', () => {
  it('hears of every file and of the operation', async () => {
    const { events, onEvent } = collect()
    const server = createTestHandler({ onEvent, name: 'photos', rules: { maxFileSize: 2000 } })

    const { files } = await server.run('sign-uploads', {
      files: [file(), file({ size: 3000 }), { id: 'x' }],
    })

    const [signed] = files
    const common = { type: 'file', handler: 'photos', operation: 'sign-uploads', owner: 'ada' }
    expect(events.at(-1)).toEqual({
      type: 'operation',
      handler: 'photos',
      operation: 'sign-uploads',
      count: 3,
      outcome: 'ok',
      status: 200,
      owner: 'ada',
      durationMs: 0,
    })
    // Files are over in any order.
    expect(events.slice(0, -1).toSorted((a, b) => (a.outcome < b.outcome ? -1 : 1))).toEqual([
      { ...common, outcome: 'file-too-large', id: file().id, durationMs: 0 },
      { ...common, outcome: 'invalid-request', id: 'x', durationMs: 0 },
      {
        ...common,
        outcome: 'ok',
        id: file().id,
        key: signed && 'key' in signed && signed.key,
        method: 'POST',
        durationMs: 0,
      },
    ])
  })

  it('hears of a request that is refused', async () => {
    const { events, onEvent } = collect()
    const server = createTestHandler({ onEvent, authorize: () => null })

    await server.post({ operation: 'abort-uploads', tokens: ['x', 'y'] })
    await server.post('not JSON')
    await server.handler(new Request(endpoint, { method: 'PURGE' }))

    expect(events).toMatchObject([
      { operation: 'abort-uploads', count: 2, outcome: 'unauthorized', status: 401 },
      { outcome: 'invalid-request', status: 400 },
      { outcome: 'method-not-allowed', status: 405 },
    ])
    expect(events.some((event) => 'owner' in event)).toBe(false)
  })

  it('says how long it took', async () => {
    const { events, onEvent } = collect()
    const times = [0, 250].map((milliseconds) => new Date(1_700_000_000_000 + milliseconds))
    const server = createTestHandler({ onEvent, now: () => times.shift() ?? new Date(0) })

    await server.post({ operation: 'nothing' })

    expect(events).toMatchObject([{ durationMs: 250 }])
  })

  it('hears no token, signature, policy or secret, whatever the operation', async () => {
    const { events, onEvent } = collect()
    const session = 'FQoGZXIvYXdzEJr-temporary'
    const pair = createPair({
      options: {
        onEvent,
        credentials: {
          accessKeyId: 'AKIDTESTS',
          secretAccessKey: 'hidden/access',
          sessionToken: session,
        },
      },
      s3: {
        credentials: {
          accessKeyId: 'AKIDTESTS',
          secretAccessKey: 'hidden/access',
          sessionToken: session,
        },
      },
    })
    const upload = await pair.upload()
    await pair.run('sign-uploads', { files: [file()] })
    await pair.listParts(upload.token)
    await pair.signParts(upload.token, [{ partNumber: 1 }])
    const completed = await pair.complete(upload.token)
    await pair.abort(upload.token)
    await pair.abort(`${upload.token}x`)
    await pair.refusalOf('list-parts', { token: 'v1.x.y' })
    const log = JSON.stringify(events)
    const receipt = completed && 'receipt' in completed ? completed.receipt : 'missing'

    expect(events.map(({ type, outcome }) => `${type} ${outcome}`)).toContain('file invalid-token')
    expect(new Set(events.map(({ operation }) => operation)).size).toBe(5)
    for (const value of [upload.token, receipt, secret, session, 'hidden/access', 'AKIDTESTS']) {
      expect(value).not.toBe('missing')
      expect(log).not.toContain(value)
    }
    expect(log).not.toMatch(/v1\.|signature|policy|credential|secret|x-amz|https?:|uploadId/i)
  })

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('The log is full.')
      },
    ],
    ['rejects', () => Promise.reject(new Error('The log is full.'))],
  ])('changes no answer when it %s', async (_, onEvent) => {
    const onError = vi.fn()
    const server = createTestHandler({ onEvent, onError })

    const { files } = await server.run('sign-uploads', { files: [file()] })

    expect(files).toMatchObject([{ method: 'POST' }])
    expect(onError).toHaveBeenCalledTimes(2)
    expect(onError).toHaveBeenCalledWith(new Error('The log is full.'))
  })
})
