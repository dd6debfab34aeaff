import { mulberry32 } from '../../support/random.js'
import type { LineRequest } from './line-request.js'
import { Network } from './network.js'
import { PlainClock } from './plain-clock.js'
import type { Weather } from './weather.js'

/** A line whose times can be told in the head: 1 byte takes 1 µs, a round trip 100 ms, no TLS, no slow start. */
export const plain: Weather = {
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
export function openPage(weather: Weather = plain, options: { scale?: number } = {}) {
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
