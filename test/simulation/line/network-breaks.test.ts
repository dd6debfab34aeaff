import { describe, expect, it } from 'vitest'
import { openPage, plain } from './open-page.js'
import { weathers } from './weathers.js'

describe('a reset', () => {
  it('is told after half a round trip if the connection was new', () => {
    const { clock, network, heard, send } = openPage()

    send('a')
    clock.at(200, () => network.breakAll('reset'))
    clock.run()

    expect(heard).toEqual(['250 a reset'])
  })

  it('is not told on a used connection: the browser sends again', () => {
    const { clock, network, heard, send, sendToEnd } = openPage()
    const progress: number[] = []

    sendToEnd('a')
    const start = clock.now
    send('b', { onProgress: (bytes) => progress.push(bytes) })
    clock.at(150, () => network.breakAll('reset'))
    clock.run()

    expect(heard).toEqual(['300 a answered', `${start + 500} b arrived`])
    expect(progress.filter((bytes) => bytes === 8800)).toHaveLength(2)
  })

  it('is told the second time, even if the second connection is used too', () => {
    const http2 = { streamWindowBytes: 1_000_000 }
    const { clock, network, heard, send, sendToEnd } = openPage({ ...plain, http2 })

    sendToEnd('a')
    const start = clock.now
    send('b')
    clock.at(50, () => network.breakAll('reset'))
    clock.at(60, () => send('c'))
    clock.at(150, () => network.breakAll('reset'))
    clock.run()

    expect(heard.slice(1)).toEqual([`${start + 200} c reset`, `${start + 200} b reset`])
  })

  it('leads to a second sending without a preflight', () => {
    const { clock, network, heard, send, sendToEnd } = openPage()

    sendToEnd('a')
    const start = clock.now
    send('b', { hasPreflight: true })
    clock.at(50, () => network.breakAll('reset'))
    clock.run()

    expect(heard.at(-1)).toBe(`${start + 400} b arrived`)
  })

  it('counts an answered preflight as use of the connection, and does not repeat it', () => {
    const { clock, network, heard, send } = openPage()

    send('a', { hasPreflight: true })
    clock.at(250, () => network.breakAll('reset'))
    clock.run()

    // At 300 the browser hears of it. A handshake and the body follow what is still in the queue.
    expect(heard).toEqual(['601 a arrived'])
  })

  it('is told if it comes during the preflight on a new connection', () => {
    const { clock, network, heard, send } = openPage()

    send('a', { hasPreflight: true })
    clock.at(150, () => network.breakAll('reset'))
    clock.run()

    expect(heard).toEqual(['200 a reset'])
  })
})

describe('a silent break', () => {
  it('tells nobody, and connections that are opened later work', () => {
    const { clock, network, heard, send } = openPage()

    const first = send('a')
    clock.at(200, () => network.breakAll('silent'))
    clock.at(1000, () => first.abort())
    clock.at(1000, () => send('b'))
    clock.run()

    expect(heard).toEqual(['1300 b arrived'])
  })

  it('swallows the next request on an idle connection', () => {
    const { clock, network, heard, send, sendToEnd } = openPage()

    sendToEnd('a')
    network.breakAll('silent')
    send('b')
    clock.run()

    expect(heard).toEqual(['300 a answered'])
  })

  it('is found by a ping when an HTTP/2 connection takes another request', () => {
    const { clock, network, heard, send } = openPage({
      ...plain,
      http2: { streamWindowBytes: 1_000_000 },
    })

    send('a')
    clock.at(200, () => network.breakAll('silent'))
    clock.at(20_000, () => send('b'))
    clock.run()

    // The first stream was alone on a new connection. The second one is sent again.
    expect(heard).toEqual(['30050 a reset', '30350 b arrived'])
  })
})

describe('the bandwidth', () => {
  it('changes for what is in the queue too', () => {
    const { clock, network, heard, send } = openPage()

    send('a')
    clock.at(155, () => network.setBandwidth(100_000))
    clock.at(355, () => network.setBandwidth(undefined))
    clock.run()

    // 55,000 bytes until 155, 20,000 until 355, the rest at the weather's own rate.
    expect(heard).toEqual(['480 a arrived'])
  })

  it('may be nothing for a while', () => {
    const { clock, network, heard, send } = openPage()

    network.setBandwidth(0)
    send('a')
    clock.at(1000, () => network.setBandwidth(undefined))
    clock.run()

    expect(heard).toEqual(['1200 a arrived'])
  })

  it('is nothing during an outage', () => {
    const { clock, network, heard, send } = openPage()

    send('a')
    clock.at(150, () => network.breakAll('reset', 1000))
    clock.at(200, () => send('b'))
    clock.run()

    // What the first request had put on the line still leaves before the handshake of the second.
    expect(heard).toEqual(['200 a reset', '1500 b arrived'])
  })
})

describe('the weather', () => {
  it('breaks connections again and again, but only while something is sent', () => {
    const breaks = { everyMs: [1000, 1000], outageMs: 0, silentShare: 0 } as const
    const { clock, heard, send } = openPage({ ...plain, breaks })

    send('a', { onArrived: (answer) => answer() })
    clock.at(400, () => send('b', { bodyBytes: 2_000_000 }))
    clock.run()

    // The first break is one that the browser does not tell of.
    expect(heard).toEqual(['300 a answered', '2050 b reset'])
    expect(clock.now).toBeLessThan(5000)
  })

  it('breaks idle connections while nothing is sent', () => {
    const breaks = { everyMs: [5000, 5000], outageMs: 0, silentShare: 0 } as const
    const { clock, heard, send } = openPage({ ...plain, breaks })

    send('a', { onArrived: (answer) => answer() })
    clock.at(12_000, () => send('b', { onArrived: (answer) => answer() }))
    clock.run()

    expect(heard).toEqual(['300 a answered', '12300 b answered'])
  })

  it('lets the storage refuse requests above its rate when their head arrives', () => {
    const busyPhases = [{ fromMs: 0, untilMs: 1000, requestsPerSecond: 1 }]
    const { clock, heard, send, note } = openPage({ ...plain, busyPhases })

    send('a', { onBusy: () => note('a busy') })
    send('b', { onBusy: () => note('b busy') })
    clock.run()

    expect(heard).toEqual(['100 b busy', '300 a arrived'])
  })
})

describe('the scale', () => {
  it('changes no time', () => {
    const times = [1, 1024].map((scale) => {
      const page = openPage(weathers.loss1, { scale })
      page.send('a', { bodyBytes: (8 * 1_048_576) / scale })
      page.send('b', { bodyBytes: (5 * 1_048_576) / scale, hasPreflight: true })
      page.clock.at(2000, () => page.network.setBandwidth(1_000_000 / scale))
      page.clock.run()
      return { now: page.clock.now, sentBytes: page.network.sentBytes * scale }
    })

    expect(times[1]).toEqual(times[0])
  })
})
