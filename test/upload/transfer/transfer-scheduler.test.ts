import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { NetworkError, StorageError } from '../../../src/upload/errors/upload-error.js'
import {
  type ReleaseSlot,
  type TransferKind,
  TransferScheduler,
} from '../../../src/upload/transfer/transfer-scheduler.js'

const file = { kind: 'file', bytes: 1000, hasStarted: false, isShort: false } as const
const startedFile: TransferKind = { ...file, hasStarted: true }
const shortFile: TransferKind = { ...file, isShort: true }
const part = (fileOrder: number, partNumber = 1): TransferKind => ({
  kind: 'part',
  bytes: 1000,
  fileOrder,
  partNumber,
})

function setUp(concurrency = 6, reserve = 0, settle?: () => Promise<void>) {
  const clock = { ms: 0 }
  const scheduler = new TransferScheduler({
    concurrency,
    reserve,
    now: () => clock.ms,
    nextTask: systemRuntime.nextTask,
    ...(settle && { settle }),
  })
  const running: string[] = []
  const releases = new Map<string, ReleaseSlot>()
  const ask = (name: string, transfer: TransferKind, signal = new AbortController().signal) =>
    scheduler.acquire(transfer, signal).then((release) => {
      running.push(name)
      releases.set(name, () => {
        running.splice(running.indexOf(name), 1)
        release()
      })
    })
  const finish = async (name: string) => {
    releases.get(name)?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { clock, scheduler, running, ask, finish }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('slots', () => {
  it('are given out in the order of asking, never more than there are', async () => {
    const { running, ask, finish } = setUp(2)
    for (const name of ['a', 'b', 'c', 'd']) void ask(name, file)
    await settled()
    expect(running).toEqual(['a', 'b'])

    await finish('a')

    expect(running).toEqual(['b', 'c'])
  })

  it('go to a file that had begun before they go to a new one', async () => {
    const { running, ask, finish } = setUp(1)
    void ask('a', file)
    void ask('new', file)
    void ask('begun', startedFile)
    await settled()

    await finish('a')

    expect(running).toEqual(['begun'])
  })

  it('are not given to whoever has left the queue', async () => {
    const { running, ask, finish } = setUp(1)
    const leaving = new AbortController()
    void ask('a', file)
    const left = ask('b', file, leaving.signal)
    void ask('c', file)
    await settled()

    leaving.abort(new Error('left'))
    await finish('a')

    await expect(left).rejects.toThrow('left')
    expect(running).toEqual(['c'])
  })

  it('are given back once, however often they are released', async () => {
    const { scheduler, running, ask } = setUp(1)
    const release = await scheduler.acquire(file, new AbortController().signal)
    release()
    release()
    void ask('a', file)
    void ask('b', file)
    await settled()

    expect(running).toEqual(['a'])
  })
})

describe('short files in reserve', () => {
  it('wait in the browser beside those that have all slots', async () => {
    const { running, ask, finish } = setUp(2, 1)
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name, shortFile)
    await settled()
    expect(running).toEqual(['a', 'b', 'c'])

    await finish('b')

    expect(running).toEqual(['a', 'c', 'd'])
  })

  it('are none where anything else has a slot, since it could hold them up for long', async () => {
    const { running, ask } = setUp(2, 1)
    void ask('a', file)
    for (const name of ['b', 'c']) void ask(name, shortFile)
    await settled()

    expect(running).toEqual(['a', 'b'])
  })

  it('take no slot from those who wait behind them', async () => {
    const { running, ask, finish } = setUp(2, 1)
    for (const name of ['a', 'b', 'c']) void ask(name, shortFile)
    void ask('long', file)
    void ask('d', shortFile)
    await settled()

    await finish('a')
    expect(running).toEqual(['b', 'c'])
    await finish('b')

    expect(running).toEqual(['c', 'long'])
  })

  it('are none while S3 is overtaxed', async () => {
    const { scheduler, running, ask } = setUp(4, 2)
    scheduler.noteCongestion()
    for (const name of ['a', 'b', 'c', 'd']) void ask(name, shortFile)
    await settled()

    expect(running).toEqual(['a', 'b'])
  })
})

describe('the parts of a large file', () => {
  it('take all slots while no other file waits', async () => {
    const { running, ask } = setUp(3)
    for (const name of ['1', '2', '3', '4']) void ask(name, part(1))
    await settled()

    expect(running).toEqual(['1', '2', '3'])
  })

  it('leave all slots but one to whole files that wait', async () => {
    const { running, ask, finish } = setUp(3)
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) void ask(name, part(1))
    for (const name of ['a', 'b', 'c']) void ask(name, file)
    await settled()

    for (const name of ['p1', 'p2', 'p3']) await finish(name)

    expect(running.toSorted()).toEqual(['a', 'b', 'p4'])
  })

  it('of the file that began first are sent first', async () => {
    const { running, ask, finish } = setUp(1)
    void ask('begin', file)
    void ask('second', part(2))
    void ask('first', part(1))
    await settled()

    await finish('begin')

    expect(running).toEqual(['first'])
  })
})

describe('congestion', () => {
  const runAtOnce = async (
    { running, ask, finish }: ReturnType<typeof setUp>,
    round: string,
  ): Promise<number> => {
    for (const name of [...running]) await finish(name)
    for (let index = 0; index < 8; index += 1) void ask(`${round}${index}`, file)
    await settled()
    const count = running.length
    while (running.length > 0) await finish(running[0] ?? '')
    return count
  }

  it('halves how many run at once, down to one', async () => {
    const set = setUp(6)
    const counts: number[] = []
    for (const round of ['a', 'b', 'c', 'd']) {
      set.clock.ms += 2000
      set.scheduler.noteCongestion()
      counts.push(await runAtOnce(set, round))
    }

    expect(counts).toEqual([3, 1, 1, 1])
  })

  it('that many feel at the same time counts once', async () => {
    const set = setUp(6)
    for (let index = 0; index < 6; index += 1) set.scheduler.noteCongestion()

    expect(await runAtOnce(set, 'a')).toBe(3)
  })

  it('is over when enough has gone well', async () => {
    const set = setUp(6)
    set.scheduler.noteCongestion()
    for (let index = 0; index < 30; index += 1) set.scheduler.noteSuccess(1000)

    expect(await runAtOnce(set, 'a')).toBe(6)
  })
})

it('nothing begins while any wait holds the scheduler, also one that is broken off', async () => {
  const { scheduler, running, ask } = setUp()
  const waits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  for (const { promise } of waits) scheduler.holdDuring(promise)
  void ask('a', file)
  waits[0]?.resolve()
  await settled()
  expect(running).toEqual([])

  waits[1]?.reject(new Error('paused'))
  await settled()

  expect(running).toEqual(['a'])
})

describe('after a break of the line', () => {
  const mebibyte = 2 ** 20
  const lost = new NetworkError('No answer.', { code: 'network' })
  const largePart = (partNumber: number): TransferKind => ({
    ...part(1, partNumber),
    bytes: 5 * mebibyte,
  })

  /** Six parts are lost together; the first is the first to be heard of. */
  async function breakLine() {
    const settling = Promise.withResolvers<void>()
    const set = setUp(6, 0, () => settling.promise)
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) void set.ask(`${number}`, largePart(number))
    await settled()
    for (const name of ['1', '2', '3', '4', '5', '6']) {
      set.scheduler.noteFailure(lost)
      await set.finish(name)
    }
    return { ...set, settling }
  }

  it('no other begins before it is known what was lost, and then the lowest part, alone', async () => {
    const { running, ask, settling } = await breakLine()
    expect(running).toEqual([])
    for (const number of [3, 1]) void ask(`${number} again`, largePart(number))

    settling.resolve()
    await settled()

    expect(running).toEqual(['1 again'])
  })

  it('more run at once when enough has arrived', async () => {
    const { scheduler, running, finish, settling } = await breakLine()
    settling.resolve()
    await settled()
    expect(running).toEqual(['7'])

    scheduler.noteSuccess(40 * mebibyte)
    await finish('7')
    expect(running).toEqual(['8'])
  })

  it('small files go on beside each other, however many there are', async () => {
    const { running, ask, settling } = await breakLine()
    for (let index = 0; index < 20; index += 1)
      void ask(`s${index}`, { ...shortFile, bytes: 10_000 })

    settling.resolve()
    await settled()

    expect(running.filter((name) => name.startsWith('s')).length).toBeGreaterThanOrEqual(5)
  })

  it('a single loss among many holds nothing up for longer than a moment', async () => {
    const settling = Promise.withResolvers<void>()
    const { scheduler, running, ask, finish } = setUp(3, 0, () => settling.promise)
    for (const number of [1, 2, 3, 4]) void ask(`${number}`, largePart(number))
    await settled()
    scheduler.noteFailure(lost)
    await finish('1')

    settling.resolve()
    await settled()

    expect(running).toEqual(['2', '3', '4'])
  })
})

describe('after a hold, since the storage was busy', () => {
  it('the smallest that waits tries alone, and the others follow when it has gone well', async () => {
    const { scheduler, running, ask, finish } = setUp()
    scheduler.holdDuring(Promise.resolve())
    void ask('large', { ...file, bytes: 9000 })
    void ask('small', { ...file, bytes: 500 })
    void ask('part', part(1))
    await settled()
    expect(running).toEqual(['small'])

    scheduler.noteSuccess(500)
    await finish('small')

    expect(running.toSorted()).toEqual(['large', 'part'])
  })

  it('another tries when the first is taken back', async () => {
    const { scheduler, running, ask, finish } = setUp()
    scheduler.holdDuring(Promise.resolve())
    for (const name of ['a', 'b', 'c']) void ask(name, file)
    await settled()

    await finish('a')

    expect(running).toEqual(['b'])
  })

  it('a refusal for another reason ends the trial: the storage answers', async () => {
    const { scheduler, running, ask } = setUp()
    scheduler.holdDuring(Promise.resolve())
    for (const name of ['a', 'b', 'c']) void ask(name, file)
    await settled()

    scheduler.noteFailure(
      new StorageError('No.', { code: 'storage-denied', status: 403, retryable: false }),
    )
    void ask('d', file)
    await settled()

    expect(running).toEqual(['a', 'b', 'c', 'd'])
  })
})
