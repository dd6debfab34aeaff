import { mulberry32 } from '../../../support/random.js'
import type { LineSending } from '../line-request.js'
import { Network } from '../network.js'
import { PlainClock } from '../plain-clock.js'
import type { Weather } from '../weather.js'
import { cutIntoPieces, type LoadFile, type Piece } from './piece.js'
import { PieceQueue } from './piece-queue.js'
import type { FailureReason, Rule } from './rule.js'

/** One load in one weather. */
export interface LoadRun {
  readonly weather: Weather
  readonly fileBytes: readonly number[]
  readonly rule: Rule
  readonly seed: number
  /** See `NetworkOptions`. */
  readonly largestSegmentBytes?: number | undefined
}

/** One request of the rule. */
interface Attempt {
  readonly piece: Piece
  readonly startedAt: number
  heardAt: number
  sending: LineSending | undefined
}

const requestsAtOnce = 6
const shortBytes = 65_536
const patienceMs = 4_000_000
const stallCheckMs = 500
const signMs = 10

/** Uploads a load by a rule; returns how long it took, or `lost` if a file was given up or it took more than 4000 s. */
export function runLoad(run: LoadRun): number | 'lost' {
  return new Uploader(run).run()
}

/** The page of the reference: it sends pieces by a rule, and plays the storage. */
class Uploader {
  readonly #rule: Rule
  readonly #weather: Weather
  readonly #clock = new PlainClock()
  readonly #network: Network
  readonly #random: () => number
  readonly #queue: PieceQueue
  readonly #attempts = new Set<Attempt>()
  #partsInFlight = 0
  #filesLeft: number
  #hasLost = false
  #hasSucceeded = false
  #hasPreflighted = false
  /** How many requests may be in flight. */
  #width = requestsAtOnce
  #narrowedAt = Number.NEGATIVE_INFINITY
  #heldUntil = 0

  constructor({ weather, fileBytes, rule, seed, largestSegmentBytes }: LoadRun) {
    this.#rule = rule
    this.#weather = weather
    this.#random = mulberry32(seed * 31 + 5)
    // Breaks and losses had their own seeds when the expected table was made; no weather has both.
    const lineSeed = weather.breaks ? seed * 104_729 + 3 : seed * 7919 + 17
    this.#network = new Network(weather, {
      clock: this.#clock,
      random: mulberry32(lineSeed),
      ...(largestSegmentBytes !== undefined && { largestSegmentBytes }),
    })
    this.#queue = new PieceQueue(rule)
    this.#filesLeft = fileBytes.length
    for (const bytes of fileBytes) this.#add({ bytes, piecesLeft: 0, isSettled: false })
  }

  run(): number | 'lost' {
    this.#checkStalls()
    this.#fill()
    this.#clock.run({ untilMs: patienceMs, isDone: () => this.#filesLeft === 0 })
    return this.#hasLost || this.#filesLeft > 0 ? 'lost' : this.#clock.now / 1000
  }

  #add(file: LoadFile): void {
    const { multipartFromBytes, partBytes } = this.#rule
    const bytes = file.bytes >= multipartFromBytes ? partBytes(file.bytes) : undefined
    for (const piece of cutIntoPieces(file, bytes)) this.#queue.add(piece)
  }

  #fill(): void {
    while (this.#clock.now >= this.#heldUntil && this.#attempts.size < Math.floor(this.#width)) {
      const piece = this.#queue.take(this.#partsInFlight)
      if (!piece) return
      this.#begin(piece)
    }
  }

  #begin(piece: Piece): void {
    const { now } = this.#clock
    const attempt: Attempt = { piece, startedAt: now, heardAt: now, sending: undefined }
    const hasPreflight = this.#needsPreflight(piece)
    this.#attempts.add(attempt)
    if (piece.partIndex !== undefined) this.#partsInFlight += 1
    const send = () => this.#send(attempt, hasPreflight)
    if (this.#rule.signsEach) this.#clock.at(this.#weather.roundTripMs + signMs, send)
    else send()
  }

  /** A form needs one for its progress events, once a host; a part needs one always. */
  #needsPreflight({ partIndex, bytes }: Piece): boolean {
    if (this.#rule.preflightsAll || partIndex !== undefined) return true
    if (bytes <= shortBytes || this.#hasPreflighted) return false
    this.#hasPreflighted = true
    return true
  }

  #send(attempt: Attempt, hasPreflight: boolean): void {
    attempt.heardAt = this.#clock.now
    attempt.sending = this.#network.send({
      host: 'bucket',
      bodyBytes: attempt.piece.bytes,
      hasPreflight,
      onProgress: () => {
        attempt.heardAt = this.#clock.now
      },
      onArrived: (answer) => this.#clock.at(this.#weather.serverMs, answer),
      onAnswer: () => this.#succeed(attempt),
      onBusy: () => this.#fail(attempt, 'busy'),
      onReset: () => this.#fail(attempt, 'reset'),
    })
  }

  #succeed(attempt: Attempt): void {
    const { file } = attempt.piece
    this.#end(attempt)
    this.#hasSucceeded = true
    this.#width = Math.min(requestsAtOnce, this.#width + 1 / this.#width)
    file.piecesLeft -= 1
    if (file.piecesLeft === 0) this.#settle(file)
    this.#fill()
  }

  #fail(attempt: Attempt, reason: FailureReason): void {
    const { piece } = attempt
    this.#end(attempt)
    const delayMs = this.#retryDelayMs(attempt, reason)
    if (delayMs === undefined) this.#lose(piece.file)
    else this.#clock.at(delayMs, () => this.#repeat(piece))
    if (this.#rule.narrows && reason !== 'reset') this.#narrow(delayMs ?? 0)
    this.#fill()
  }

  #retryDelayMs({ piece, sending, startedAt }: Attempt, reason: FailureReason): number | undefined {
    piece.attempts.failures += 1
    const failure = {
      reason,
      ageMs: this.#clock.now - startedAt,
      acknowledgedBytes: sending?.acknowledgedBytes ?? 0,
      isHandedOver: sending?.takenBytes === piece.bytes,
      hasSucceeded: this.#hasSucceeded,
    }
    return this.#rule.retryDelayMs(piece.attempts, failure, this.#random)
  }

  /** Halves the requests at once, at most once a second, and holds all until the failed one is sent again. */
  #narrow(holdMs: number): void {
    const { now } = this.#clock
    if (now - this.#narrowedAt >= 1000) {
      this.#narrowedAt = now
      this.#width = Math.max(1, this.#width / 2)
    }
    this.#heldUntil = Math.max(this.#heldUntil, now + holdMs)
    this.#clock.at(holdMs, () => this.#fill())
  }

  #repeat(piece: Piece): void {
    if (piece.file.isSettled) return
    this.#queue.repeat(piece)
    this.#fill()
  }

  #lose(file: LoadFile): void {
    if (file.isSettled) return
    this.#hasLost = true
    this.#queue.forget(file)
    this.#settle(file)
  }

  #settle(file: LoadFile): void {
    file.isSettled = true
    this.#filesLeft -= 1
  }

  #end(attempt: Attempt): void {
    this.#attempts.delete(attempt)
    if (attempt.piece.partIndex !== undefined) this.#partsInFlight -= 1
  }

  #checkStalls(): void {
    for (const attempt of [...this.#attempts]) {
      if (!this.#isStalled(attempt)) continue
      attempt.sending?.abort()
      this.#fail(attempt, 'stalled')
    }
    this.#clock.at(stallCheckMs, () => this.#checkStalls())
  }

  #isStalled({ piece, sending, heardAt }: Attempt): boolean {
    if (!sending || piece.file.isSettled) return false
    const { idle, answer } = this.#rule.stallMs
    const isMoving = sending.acknowledgedBytes > 0 && sending.takenBytes < piece.bytes
    const limitMs = piece.bytes > shortBytes && isMoving ? idle : answer
    return this.#clock.now - heardAt > limitMs
  }
}
