import { afterEach, describe, expect, it, vi } from 'vitest'
import { maxBodyBytes } from '../../../src/server/http/request-body.js'
import { createTestHandler, endpoint, errorOf } from '../handler-setup.js'

afterEach(() => {
  vi.useRealTimers()
})

/** Sends a body that comes as this source gives it; returns the refusal and what the operator heard. */
async function refusalOf(source: UnderlyingDefaultSource<Uint8Array>) {
  const onError = vi.fn()
  const { handler } = createTestHandler({ onError })
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new ReadableStream(source, { highWaterMark: 0 }),
    duplex: 'half',
  }
  const refusal = await errorOf(await handler(new Request(endpoint, init)))
  return { ...refusal, reported: onError.mock.calls.map(([error]) => String(error.cause)) }
}

const limitErrors: Record<string, Error> = {
  'an error of status 413, as in SvelteKit': Object.assign(new Error('?'), { status: 413 }),
  'an error of statusCode 413, as of http-errors': Object.assign(new Error('?'), {
    statusCode: 413,
  }),
  'the BodyLimitError of Hono': Object.assign(new Error('?'), { name: 'BodyLimitError' }),
}

describe('a body', () => {
  it.each(Object.entries(limitErrors))(
    'that a limit of the framework breaks off with %s is 413',
    async (_, error) => {
      const refusal = await refusalOf({ pull: (controller) => controller.error(error) })

      expect(refusal).toMatchObject({ status: 413, code: 'request-too-large' })
      expect(refusal.reported).toEqual([expect.stringContaining('raise the limit')])
    },
  )

  it.each([
    ['fails', () => Promise.reject(new Error('broke off'))],
    ['never comes to its end', () => new Promise<void>(() => {})],
  ])('that is too long is 413 though giving it up %s', async (_, cancel) => {
    const long = new Uint8Array(maxBodyBytes + 1)

    const refusal = await refusalOf({ pull: (controller) => controller.enqueue(long), cancel })

    expect(refusal).toMatchObject({ status: 413, code: 'request-too-large', reported: [] })
  })

  it('that never ends is given up after a minute, and may be tried again', async () => {
    vi.useFakeTimers()
    const cancel = vi.fn()
    const settled = vi.fn()

    const refusal = refusalOf({ cancel }).finally(settled)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)

    expect(await refusal).toMatchObject({ status: 408, code: 'request-timeout', retryable: true })
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  it('that drips is given up after a minute too', async () => {
    vi.useFakeTimers()
    const drip: UnderlyingDefaultSource<Uint8Array> = {
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 7000))
        controller.enqueue(new Uint8Array(1))
      },
    }

    const refusal = refusalOf(drip)
    await vi.advanceTimersByTimeAsync(60_000)

    expect(await refusal).toMatchObject({ status: 408, code: 'request-timeout' })
  })

  it('that somebody else is reading is told to the operator, and not tried again', async () => {
    const onError = vi.fn()
    const body = new ReadableStream()
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    const request = new Request(endpoint, init)
    request.body?.getReader()

    const refusal = await errorOf(await createTestHandler({ onError }).handler(request))

    expect(refusal).toMatchObject({ code: 'misconfigured', retryable: false })
    expect(String(onError.mock.calls[0]?.[0].cause)).toContain('the untouched request')
  })
})
