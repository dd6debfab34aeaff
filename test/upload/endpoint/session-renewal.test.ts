import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { createSessionRenewal } from '../../../src/upload/endpoint/session-renewal.js'
import { EndpointError } from '../../../src/upload/errors/upload-error.js'

const unauthorized = () =>
  new EndpointError('Sign in.', { code: 'unauthorized', status: 401, retryable: false })

/** A server that refuses until somebody has signed in. */
function setUp() {
  const session = { isValid: false, asked: 0 }
  const request = async () => {
    session.asked += 1
    await Promise.resolve()
    if (!session.isValid) throw unauthorized()
    return 'answer'
  }
  const renewal = createSessionRenewal(systemRuntime)
  const { signal } = new AbortController()
  const send = <T>(sent: () => Promise<T>, onUnauthorized?: () => void | Promise<void>) =>
    renewal.send(sent, { onUnauthorized, signal })
  return { session, request, send }
}

describe('a session that has ended', () => {
  it('is renewed once for all requests, which then succeed', async () => {
    const { session, request, send } = setUp()
    const onUnauthorized = vi.fn(async () => {
      session.isValid = true
    })

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(request, onUnauthorized)),
    )

    expect(new Set(answers)).toEqual(new Set(['answer']))
    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  it('holds back requests that come while it is renewed', async () => {
    const { session, request, send } = setUp()
    let signIn = () => {}
    let isAsked = false
    const first = send(
      request,
      () =>
        new Promise<void>((resolve) => {
          isAsked = true
          signIn = resolve
        }),
    )
    await vi.waitFor(() => expect(isAsked).toBe(true))

    const second = send(request, vi.fn())
    await Promise.resolve()
    expect(session.asked).toBe(1)
    session.isValid = true
    signIn()

    expect(await Promise.all([first, second])).toEqual(['answer', 'answer'])
  })

  it('is no news to a request that was sent before the renewal and refused after it', async () => {
    const { session, request, send } = setUp()
    const onUnauthorized = vi.fn(() => {
      session.isValid = true
    })
    let refuse = () => {}
    let isFirst = true
    const late = send(async () => {
      if (!isFirst) return await request()
      isFirst = false
      await new Promise<void>((resolve) => {
        refuse = resolve
      })
      throw unauthorized()
    }, onUnauthorized)
    await Promise.resolve()
    await send(request, onUnauthorized)

    refuse()

    expect(await late).toBe('answer')
    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  it('that cannot be renewed fails the requests as unauthorized', async () => {
    const { request, send } = setUp()
    const renew = () => Promise.reject(new Error('The dialog was closed.'))

    await expect(send(request, renew)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('that nobody wants to renew is asked about once, for all requests of the next seconds', async () => {
    const { request, send } = setUp()
    const onUnauthorized = vi.fn(() => Promise.reject(new Error('The dialog was closed.')))

    for (let index = 0; index < 5; index += 1) {
      await expect(send(request, onUnauthorized)).rejects.toMatchObject({ status: 401 })
    }

    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  it('fails at once where nobody renews it', async () => {
    const { session, request, send } = setUp()

    await expect(send(request, undefined)).rejects.toMatchObject({ status: 401 })
    expect(session.asked).toBe(1)
  })

  it('that is refused again right after its renewal is not renewed for ever', async () => {
    const { request, send } = setUp()
    const onUnauthorized = vi.fn()

    await expect(send(request, onUnauthorized)).rejects.toMatchObject({ status: 401 })
    expect(onUnauthorized).toHaveBeenCalledOnce()
  })
})

it('other refusals are passed on', async () => {
  const { send } = setUp()
  const forbidden = new EndpointError('No.', { code: 'forbidden', status: 403, retryable: false })
  const onUnauthorized = vi.fn()

  await expect(send(() => Promise.reject(forbidden), onUnauthorized)).rejects.toBe(forbidden)
  expect(onUnauthorized).not.toHaveBeenCalled()
})
