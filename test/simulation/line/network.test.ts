import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../support/random.js'
import type { LineRequest } from './line-request.js'
import { Network } from './network.js'
import { PlainClock } from './plain-clock.js'
import type { Weather } from './weather.js'
import { weathers } from './weathers.js'

/** A line whose times can be told in the head: 1 byte takes 1 µs, a round trip 100 ms, no TLS, no slow start. */
const plain: Weather = {
  title: 'plain',
  bandwidth: [{ fromMs: 0, bytesPerSecond: 1_000_000 }],
  roundTripMs: 100,
  tlsRoundTrips: 0,
  windowBytes: 10_000_000,
  hasFixedWindow: true,
  segmentBytes: 10_000,
  serverMs: 0,
}

/** A network with a page that notes what it hears, and a server that answers when it is told. */
function openPage(weather: Weather = plain, options: { scale?: number } = {}) {
  const clock = new PlainClock()
  const network = new Network(weather, { clock, random: mulberry32(1), ...options })
  const heard: string[] = []
  const answers: (() => void)[] = []
  const note = (text: string) => heard.push(`${Math.round(clock.now)} ${text}`)
  const send = (name: string, request: Partial<LineRequest> = {}) =>
    network.send({
      host: 'bucket',
      bodyBytes: 98_800,
      hasPreflight: false,
      browserMs: 0,
      onArrived: (answer) => {
        note(`${name} arrived`)
        answers.push(answer)
      },
      onAnswer: () => note(`${name} answered`),
      onReset: () => note(`${name} reset`),
      ...request,
    })
  /** Sends a request whose answer comes at once. */
  const sendToEnd = (name: string, request: Partial<LineRequest> = {}) => {
    send(name, { onArrived: (answer) => answer(), ...request })
    clock.run({ untilMs: clock.now + 1_000_000 })
  }
  return { clock, network, heard, answers, send, sendToEnd, note }
}

describe('a request', () => {
  it('takes a handshake, its bytes and a round trip', () => {
    const { clock, heard, send } = openPage()

    send('a', { onArrived: (answer) => answer() })
    clock.run()

    expect(heard).toEqual(['300 a answered'])
  })

  it('waits for TLS and its preflight', () => {
    const { clock, heard, send } = openPage({ ...plain, tlsRoundTrips: 1, serverMs: 20 })

    send('a', { hasPreflight: true })
    clock.run()

    // Two handshakes, a preflight of 600 bytes that takes half the server's time, and the body.
    expect(heard).toEqual(['511 a arrived'])
  })

  it('costs the browser time, one after the other', () => {
    const { clock, heard, send } = openPage()

    send('a', { browserMs: 5 })
    send('b', { browserMs: 5 })
    clock.run()

    expect(heard).toEqual(['305 a arrived', '405 b arrived'])
  })

  it('tells its progress without the head', () => {
    const { clock, send } = openPage()
    const progress: number[] = []

    const sending = send('a', { bodyBytes: 28_800, onProgress: (bytes) => progress.push(bytes) })
    clock.run()

    expect(progress).toEqual([8800, 18_800, 28_800])
    expect(sending.acknowledgedBytes).toBe(28_800)
  })

  it('is taken by the system before the other side acknowledges it', () => {
    const { clock, send } = openPage({ ...plain, windowBytes: 65_536 })

    const sending = send('a', { bodyBytes: 1_000_000 })
    clock.run({ untilMs: 150 })

    expect(sending.acknowledgedBytes).toBe(0)
    expect(sending.takenBytes).toBe(131_072)
  })
})

describe('the answer', () => {
  it('comes when the server gives it', () => {
    const { clock, heard, answers, send } = openPage()

    send('a')
    clock.at(400, () => answers[0]?.())
    clock.run()

    expect(heard).toEqual(['300 a arrived', '400 a answered'])
  })

  it('does nothing when the connection is gone', () => {
    const { clock, network, heard, answers, send } = openPage()

    send('a')
    clock.at(400, () => network.breakAll('reset'))
    clock.at(410, () => answers[0]?.())
    clock.run()

    expect(heard).toEqual(['300 a arrived', '450 a reset'])
  })

  it('does nothing for a sending that the browser has repeated', () => {
    const { clock, network, heard, answers, send } = openPage()

    send('a', { hasPreflight: true })
    clock.at(450, () => network.breakAll('reset'))
    clock.at(600, () => answers[0]?.())
    clock.at(900, () => answers[1]?.())
    clock.run()

    expect(heard).toEqual(['401 a arrived', '800 a arrived', '900 a answered'])
  })

  it('does nothing after an abort', () => {
    const { clock, heard, answers, send } = openPage()

    const sending = send('a')
    clock.at(400, () => sending.abort())
    clock.at(410, () => answers[0]?.())
    clock.run()

    expect(heard).toEqual(['300 a arrived'])
  })
})

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

describe('the bytes sent', () => {
  it('are counted once for each sending, with their heads', () => {
    const { clock, network, send, sendToEnd } = openPage()

    sendToEnd('a')
    send('b')
    clock.at(50, () => network.breakAll('reset'))
    clock.run()

    expect(network.sentBytes).toBe(3 * 100_000)
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

describe('an abort', () => {
  it('kills an HTTP/1.1 connection: the next request opens a new one', () => {
    const { clock, heard, send, sendToEnd } = openPage()

    sendToEnd('a')
    const start = clock.now
    const second = send('b')
    clock.at(50, () => second.abort())
    clock.at(60, () => send('c'))
    clock.run()

    // Another handshake, the bytes and a round trip follow what the aborted request has left in the queue.
    expect(heard).toEqual(['300 a answered', `${start + 400} c arrived`])
  })

  it('lets a request that waits have a new connection', () => {
    const { clock, heard, send } = openPage()

    const sendings = [1, 2, 3, 4, 5, 6].map((name) => send(`${name}`))
    send('7')
    clock.at(1000, () => sendings[0]?.abort())
    clock.run()

    expect(heard.at(-1)).toBe('1300 7 arrived')
  })

  it('lets a request that waits go', () => {
    const { clock, heard, send } = openPage()

    for (let i = 1; i <= 6; i++) send(`${i}`, { onArrived: (answer) => answer() })
    const seventh = send('7')
    send('8')
    clock.at(100, () => seventh.abort())
    clock.run()

    expect(heard.at(-1)).toBe('900 8 arrived')
  })

  it('ends one stream of an HTTP/2 connection and leaves the others', () => {
    const { clock, heard, send } = openPage({ ...plain, http2: { streamWindowBytes: 50_000 } })

    const progress: number[] = []
    const first = send('a', { onProgress: (bytes) => progress.push(bytes) })
    send('b')
    clock.at(150, () => first.abort())
    clock.run()

    expect(heard).toEqual([expect.stringContaining('b arrived')])
    expect(progress).toEqual([])
  })
})

describe('a host', () => {
  it('has six connections, and a request that waits gets the next free one', () => {
    const { clock, heard, answers, send } = openPage()

    for (let i = 1; i <= 7; i++) send(`${i}`)
    clock.at(2000, () => answers[3]?.())
    clock.run()

    // Six share the line after one handshake. The seventh needs none.
    expect(heard.slice(5)).toEqual(['800 6 arrived', '2000 4 answered', '2200 7 arrived'])
  })

  it('does not share its connections with another host', () => {
    const { clock, heard, send } = openPage()

    for (let i = 1; i <= 6; i++) send(`${i}`)
    send('other', { host: 'other' })
    clock.run()

    expect(heard.at(-1)).toBe('900 other arrived')
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
