import { Connection, type ConnectionOwner } from './connection.js'
import type { Line } from './line.js'
import type { Sending } from './sending.js'
import type { Transfer } from './transfer.js'

const connectionsPerHost = 6

/** The connections that a browser has to one host: six, or one with HTTP/2. */
export class HostPool implements ConnectionOwner {
  readonly #line: Line
  readonly #connections = new Set<Connection>()
  #idle: Connection[] = []
  readonly #waiting: Sending[] = []

  constructor(line: Line) {
    this.#line = line
  }

  /** Sends a request as soon as a connection is free. */
  carry(sending: Sending): void {
    if (sending.isOver) return
    const connection = this.#freeConnection()
    if (connection) connection.carry(sending)
    else this.#waiting.push(sending)
  }

  breakAll(how: 'reset' | 'silent'): void {
    for (const connection of [...this.#connections]) connection.break(how)
  }

  onFree(connection: Connection): void {
    const next = this.#nextWaiting()
    if (next) connection.carry(next)
    else this.#idle.push(connection)
  }

  onEnd(connection: Connection, lost: readonly Transfer[]): void {
    this.#connections.delete(connection)
    this.#idle = this.#idle.filter((other) => other !== connection)
    for (const transfer of lost) this.#noticeLater(transfer)
    const next = this.#nextWaiting()
    if (next) this.carry(next)
  }

  #freeConnection(): Connection | undefined {
    if (this.#line.weather.http2) {
      const [connection] = this.#connections
      return connection ?? this.#open()
    }
    const idle = this.#idle.pop()
    if (idle) return idle
    return this.#connections.size < connectionsPerHost ? this.#open() : undefined
  }

  #open(): Connection {
    const connection = new Connection(this.#line, this)
    this.#connections.add(connection)
    return connection
  }

  #nextWaiting(): Sending | undefined {
    for (;;) {
      const next = this.#waiting.shift()
      if (!next?.isOver) return next
    }
  }

  /** The browser hears of a reset after half a round trip, and tells the page if it does not send again by itself. */
  #noticeLater({ sending, isRepeatable }: Transfer): void {
    this.#line.clock.at(this.#line.weather.roundTripMs / 2, () => {
      if (sending.isOver) return
      if (isRepeatable && !sending.wasRepeated) {
        sending.startOver()
        this.carry(sending)
        return
      }
      sending.finish()
      sending.request.onReset()
    })
  }
}
