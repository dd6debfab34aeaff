import { describe, expect, it } from 'vitest'
import { CancelledError, FileError } from '../../src/upload/errors/upload-error.js'
import { UploadLifetime } from '../../src/upload/upload-lifetime.js'

const gone = new FileError('Gone.', { code: 'file-missing' })

/** Whether a promise has settled by the end of this task. */
async function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  promise.then(settle, settle)
  await new Promise((resolve) => setTimeout(resolve))
  return isSettled
}

describe('an upload that is paused', () => {
  it('ends its attempt, and begins no other until it is resumed', async () => {
    const lifetime = new UploadLifetime({ startPaused: false })
    const signal = await lifetime.startAttempt()

    lifetime.pause()
    const next = lifetime.startAttempt()

    expect(signal.aborted).toBe(true)
    expect(await hasSettled(next)).toBe(false)
    lifetime.resume()
    expect((await next).aborted).toBe(false)
  })

  it('waits from the start when it starts so', async () => {
    const lifetime = new UploadLifetime({ startPaused: true })

    const first = lifetime.startAttempt()

    expect(await hasSettled(first)).toBe(false)
    lifetime.resume()
    expect((await first).aborted).toBe(false)
  })

  it('ends when it is cancelled', async () => {
    const lifetime = new UploadLifetime({ startPaused: true })
    const first = lifetime.startAttempt()

    lifetime.cancel()

    await expect(first).rejects.toBeInstanceOf(CancelledError)
    expect(lifetime.isCancelled).toBe(true)
  })

  it('fails when it is made to', async () => {
    const lifetime = new UploadLifetime({ startPaused: true })
    const first = lifetime.startAttempt()

    lifetime.fail(gone)

    await expect(first).rejects.toBe(gone)
  })
})

it('a cancelled upload ends its attempt with the reason, and begins no other', async () => {
  const lifetime = new UploadLifetime({ startPaused: false })
  const signal = await lifetime.startAttempt()

  lifetime.cancel()

  expect(signal.reason).toBeInstanceOf(CancelledError)
  await expect(lifetime.startAttempt()).rejects.toBe(signal.reason)
})

it('an upload that is made to fail ends its attempt, and the next one says why', async () => {
  const lifetime = new UploadLifetime({ startPaused: false })
  const signal = await lifetime.startAttempt()

  lifetime.fail(gone)

  expect(signal.reason).toBe(gone)
  await expect(lifetime.startAttempt()).rejects.toBe(gone)
})
