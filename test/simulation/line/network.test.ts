import { describe, expect, it } from 'vitest'
import { openPage, plain } from './open-page.js'

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
