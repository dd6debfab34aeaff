import type { Socket } from 'node:net'
import { DelayQueue } from './delay-queue.js'
import type { Link } from './link.js'

/** What one direction of a connection is like. */
export interface DelayedPipeOptions {
  readonly link: Link
  /** From one end of the line to the other. */
  readonly oneWayMs: number
  /** Bytes under way before the sender waits for an acknowledgement. */
  readonly windowBytes: number
}

/** Carries everything from one socket to another over a line, and its end too. */
export function pipeDelayed(
  source: Socket,
  target: Socket,
  { link, oneWayMs, windowBytes }: DelayedPipeOptions,
): void {
  const deliveries = new DelayQueue()
  const acknowledgements = new DelayQueue()
  let inFlight = 0

  const sendMore = () => {
    while (inFlight < windowBytes) {
      const chunk: Buffer | null = source.read(
        Math.min(source.readableLength, windowBytes - inFlight),
      )
      if (!chunk) return
      inFlight += chunk.length
      deliveries.push(link.send(chunk.length) + oneWayMs, () => deliver(chunk))
    }
  }
  const deliver = (chunk: Buffer) => {
    target.write(chunk, () => {
      acknowledgements.push(performance.now() + oneWayMs, () => {
        inFlight -= chunk.length
        sendMore()
      })
    })
  }
  const cut = () => {
    deliveries.clear()
    acknowledgements.clear()
    source.destroy()
    target.destroy()
  }

  source.on('readable', sendMore)
  source.on('end', () => deliveries.push(link.send(0) + oneWayMs, () => target.end()))
  source.on('close', () => {
    if (!source.readableEnded) cut()
  })
  source.on('error', cut)
}
