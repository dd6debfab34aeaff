// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import type { OperationRequest } from '../../src/protocol/operations.js'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'

const login = () =>
  Object.defineProperty(
    new Response('<!doctype html><title>Sign in</title>', {
      headers: { 'content-type': 'text/html' },
    }),
    'redirected',
    { value: true },
  )
const answers: readonly (readonly [string, () => Response])[] = [
  ['a login page', login],
  ['419', () => Response.json({ message: 'CSRF token mismatch.' }, { status: 419 })],
  ['401 without a code', () => new Response('', { status: 401 })],
  ['403 without a code', () => new Response('', { status: 403 })],
]
const operations: readonly OperationRequest['operation'][] = [
  'sign-uploads',
  'sign-parts',
  'complete-uploads',
]

/** A page whose session ends at the first request of an operation, until somebody signs in. */
function endSessionAt(
  operation: OperationRequest['operation'],
  answer: () => Response,
  onUnauthorized?: (signIn: () => void) => Promise<void>,
) {
  const site = createSite()
  const session = { isEnded: false, hasEnded: false, asked: 0 }
  const signIn = () => {
    session.isEnded = false
  }
  const page = openPage(site, {
    // Then every part is signed when its bytes are known.
    wantsChecksums: () => true,
    client: {
      fetch: async (url, init) => {
        const request = JSON.parse(String(init?.body)) as OperationRequest
        if (request.operation === operation && !session.hasEnded) {
          session.isEnded = true
          session.hasEnded = true
        }
        if (session.isEnded) session.asked += 1
        return session.isEnded ? answer() : await site.handler(new Request(url, init))
      },
      ...(onUnauthorized && { onUnauthorized: () => onUnauthorized(signIn) }),
    },
  })
  return { site, page, session, signIn }
}

describe.each(answers)('a session that ends with %s', (_what, answer) => {
  it.each(operations)('at %s is renewed once, and the upload goes on', async (operation) => {
    const onUnauthorized = vi.fn(async (signIn: () => void) => signIn())
    const { site, page } = endSessionAt(operation, answer, onUnauthorized)
    const file = fileOf(40 * mebibyte)
    const id = page.add(file)

    await page.engine.upload(id)

    const record = page.store.get(id)
    if (record?.status !== 'complete') throw new Error(`The upload is ${record?.status}.`)
    expect(await isStoredExactly(site, record.object.key, file)).toBe(true)
    expect(onUnauthorized).toHaveBeenCalledOnce()
    // A file of 40 MiB goes in six parts, and none went twice.
    expect(site.operations('UploadPart')).toHaveLength(6)
  })
})

it('an upload that failed for want of a session goes on by a retry after signing in', async () => {
  const { site, page, signIn } = endSessionAt('complete-uploads', login)
  const id = page.add(fileOf(12 * mebibyte))
  await page.engine.upload(id)
  expect(page.store.get(id)).toMatchObject({ status: 'failed', error: { code: 'unauthorized' } })

  signIn()
  await page.engine.upload(id)

  expect(page.store.get(id)?.status).toBe('complete')
  expect(site.operations('UploadPart')).toHaveLength(3)
})

it('what is cancelled while nobody is signed in is removed when somebody is', async () => {
  let signIn = () => {}
  const { site, page } = endSessionAt('abort-uploads', login, async (renew) => {
    await new Promise<void>((resolve) => {
      signIn = () => {
        renew()
        resolve()
      }
    })
  })
  let sent = 0
  const id = page.add(fileOf(40 * mebibyte))
  page.store.subscribeTo(id, () => {
    sent += 1
    if (sent === 4) page.engine.cancel(id)
  })
  await page.engine.upload(id)
  await vi.waitFor(() => expect(page.store.get(id)).toBeDefined())

  await new Promise((resolve) => setTimeout(resolve, 100))
  signIn()

  await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
})

describe('a person who closed the login dialog and presses Retry three seconds later', () => {
  it('is asked again', async () => {
    const site = createSite()
    let calls = 0
    let isSignedIn = false
    const page = openPage(site, {
      client: {
        onUnauthorized: async () => {
          calls += 1
          if (calls === 1) throw new Error('dismissed')
          isSignedIn = true
        },
        fetch: async (url, init) =>
          isSignedIn
            ? await site.handler(new Request(url, init))
            : Response.json(
                { error: { code: 'unauthorized', message: 'Sign in.', retryable: false } },
                { status: 401 },
              ),
      },
    })
    const id = page.add(fileOf(1000))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')
    site.clock.ms += 2600
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('complete')
  })
})
