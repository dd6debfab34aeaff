import { describe, expect, it } from 'vitest'
import { put, timedS3 } from './faulty-s3.js'

describe('a slow line', () => {
  it('takes its time for the body and for the way there and back', async () => {
    const { s3, events, clock } = timedS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 100, roundTripMs: 40 } })
    const { status } = await clock.until(s3.fetch(await put('a')))

    expect(status).toBe(200)
    expect(clock.now).toBe(90)
    expect(events).toMatchObject([{ status: 200, fault: 'slow-line' }])
  })

  it('is shared by its requests', async () => {
    const { s3, clock } = timedS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 100 } })
    const sent = [put('a'), put('b')].map(async (request) => s3.fetch(await request))
    await clock.until(Promise.all(sent))

    expect(clock.now).toBe(100)
  })

  it('ends with its rule, also for what is under way', async () => {
    const { s3, events, clock } = timedS3()
    const remove = s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 0.001 } })
    const sent = s3.fetch(await put('a'))
    await clock.whenWaitedFor()
    remove()

    expect((await sent).status).toBe(200)
    expect(events).toMatchObject([{ fault: 'slow-line' }])
  })

  it('delays no answer once its rule is gone', async () => {
    const { s3, clock } = timedS3()
    const effect = { kind: 'slow-line', roundTripMs: 10_000_000 } as const
    const remove = s3.fault({ effect })
    const sent = s3.fetch(await put('a'))
    await clock.whenWaitedFor()
    remove()

    expect((await sent).status).toBe(200)
  })

  it('ends with a reset', async () => {
    const { s3, clock } = timedS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 0.001 } })
    const sent = s3.fetch(await put('a'))
    await clock.whenWaitedFor()
    void s3.reset()

    await expect(sent).rejects.toThrow(TypeError)
  })
})
