import type { Line } from './line.js'
import { preflightBytes } from './packet.js'
import { SegmentSender } from './segment-sender.js'
import type { Sending } from './sending.js'
import { Transfer } from './transfer.js'

/** Who hands out requests to a connection. */
export interface ConnectionOwner {
  /** The connection has carried its request and can take another one. */
  onFree(connection: Connection): void
  /** The connection is gone, and with it these transfers. */
  onEnd(connection: Connection, lost: readonly Transfer[]): void
}

/** A ping goes out on an HTTP/2 connection that was silent for so long, and has so long to be answered. */
const pingMs = 10_000

/** What a system takes from the browser beyond the acknowledged bytes, at least. */
const smallestSendBufferBytes = 131_072

/** One TCP connection of the browser: handshakes, then requests with their preflights, until it breaks. */
export class Connection {
  readonly #line: Line
  readonly #owner: ConnectionOwner
  readonly #sender: SegmentSender
  #state: 'connecting' | 'open' | 'silent' | 'dead' = 'connecting'
  #transfers: readonly Transfer[] = []
  #isUsed = false

  constructor(line: Line, owner: ConnectionOwner) {
    this.#line = line
    this.#owner = owner
    this.#sender = new SegmentSender(line, (transfer) => this.#hear(transfer))
    this.#shakeHands(1 + line.weather.tlsRoundTrips)
  }

  get sendBufferBytes(): number {
    return Math.max(smallestSendBufferBytes, 2 * this.#sender.windowBytes)
  }

  /** Sends a request, at once or after the handshakes. */
  carry(sending: Sending): void {
    const transfer = new Transfer(sending, { carrier: this, isRepeatable: this.#isUsed })
    sending.transfer = transfer
    this.#isUsed = true
    this.#transfers = [...this.#transfers, transfer]
    this.#sender.wakeUp()
    if (!sending.needsPreflight) this.#showHead(transfer)
    if (this.#state === 'open') this.#start(transfer)
    if (this.#state === 'silent') this.#pingIfMultiplexed()
  }

  /** Gives up a transfer: with HTTP/1.1 the connection goes with it. */
  abandon(transfer: Transfer): void {
    if (this.#line.weather.http2) this.#remove(transfer)
    else this.#end()
  }

  /** Ends at once, or moves nothing any more and tells nobody. */
  break(how: 'reset' | 'silent'): void {
    if (how === 'reset') this.#end()
    else this.#change('silent')
  }

  #shakeHands(roundTrips: number): void {
    this.#line.uplink.put(0, this.#line.weather.roundTripMs, () => {
      if (this.#state !== 'connecting') return
      if (roundTrips > 1) this.#shakeHands(roundTrips - 1)
      else this.#open()
    })
  }

  #open(): void {
    this.#change('open')
    for (const transfer of this.#transfers) this.#start(transfer)
  }

  #start(transfer: Transfer): void {
    if (transfer.sending.needsPreflight) this.#sendPreflight(transfer)
    else this.#sender.add(transfer)
  }

  #sendPreflight(transfer: Transfer): void {
    const { uplink, weather } = this.#line
    uplink.put(preflightBytes, weather.roundTripMs + weather.serverMs / 2, () => {
      if (this.#isUnheard(transfer)) return
      transfer.isRepeatable = true
      this.#showHead(transfer)
      this.#sender.add(transfer)
    })
  }

  /**
   * Shows the storage the head of a request: it may refuse it before the body is there.
   *
   * The head is there half a round trip after the request got its connection; handshakes are left out.
   */
  #showHead(transfer: Transfer): void {
    const { clock, storage, weather } = this.#line
    if (!weather.busyPhases) return
    const oneWayMs = weather.roundTripMs / 2
    clock.at(oneWayMs, () => {
      if (this.#isUnheard(transfer) || storage.takes(clock.now)) return
      clock.at(oneWayMs, () => {
        if (!this.#isUnheard(transfer)) this.#refuse(transfer)
      })
    })
  }

  #refuse(transfer: Transfer): void {
    const { request } = transfer.sending
    const tell = request.onBusy ?? request.onReset
    transfer.sending.finish()
    this.abandon(transfer)
    tell()
  }

  /** The server hears a request. Its answer may come at once, or later, or too late. */
  #hear(transfer: Transfer): void {
    transfer.sending.request.onArrived(() => {
      if (!this.#isUnheard(transfer)) this.#answer(transfer)
    })
  }

  #answer(transfer: Transfer): void {
    const { sending } = transfer
    sending.finish()
    this.#remove(transfer)
    if (!this.#line.weather.http2) this.#owner.onFree(this)
    sending.request.onAnswer()
  }

  /** Whether nothing comes of a transfer any more. */
  #isUnheard(transfer: Transfer): boolean {
    return transfer.isOver || this.#state === 'silent'
  }

  #remove(transfer: Transfer): void {
    transfer.isOver = true
    this.#transfers = this.#transfers.filter((other) => other !== transfer)
    this.#sender.remove(transfer)
  }

  /** Without a ping, requests would wait on a silent HTTP/2 connection for ever: no abort ends it. */
  #pingIfMultiplexed(): void {
    const { clock, weather } = this.#line
    if (!weather.http2 || clock.now - this.#sender.heardAt < pingMs) return
    clock.at(pingMs, () => this.#end())
  }

  #change(state: 'open' | 'silent' | 'dead'): void {
    this.#state = state
    this.#sender.isOpen = state === 'open'
  }

  #end(): void {
    if (this.#state === 'dead') return
    this.#change('dead')
    const lost = this.#transfers.filter(({ sending }) => !sending.isOver)
    for (const transfer of this.#transfers) transfer.isOver = true
    this.#transfers = []
    this.#owner.onEnd(this, lost)
  }
}
