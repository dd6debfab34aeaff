/** From a time on, a line has this bandwidth. */
export interface BandwidthStep {
  readonly fromMs: number
  readonly bytesPerSecond: number
}

/** How a line breaks again and again: all connections end, then the line may be dark for a while. */
export interface WeatherBreaks {
  /** The shortest and the longest time from one break to the next. */
  readonly everyMs: readonly [shortest: number, longest: number]
  /** How long nothing passes after a break. */
  readonly outageMs: number
  /** The share of breaks that neither end hears of. */
  readonly silentShare: number
}

/** A time in which the storage takes only a few requests a second and refuses the others as busy. */
export interface BusyPhase {
  readonly fromMs: number
  readonly untilMs: number
  readonly requestsPerSecond: number
}

/** One kind of line to the storage, as plain data. */
export interface Weather {
  readonly title: string
  /** The bandwidth of the uplink, by time; the first step begins at 0. The downlink is free. */
  readonly bandwidth: readonly BandwidthStep[]
  /** The steps begin anew after this time. Without it, the last one stays. */
  readonly bandwidthRepeatsAfterMs?: number
  readonly roundTripMs: number
  /** Round trips of a TLS handshake, after the one of TCP. */
  readonly tlsRoundTrips: 0 | 1
  /** The most bytes of one connection in flight. */
  readonly windowBytes: number
  /** Whether the window has this size from the start: no slow start, no congestion control. */
  readonly hasFixedWindow?: boolean
  /** Packets are dropped while the queue before the line takes longer than this to empty. */
  readonly queueMs?: number
  /** The share of packets that are lost on the line. */
  readonly lossShare?: number
  /** Bytes that the model moves in one step: a few packets. */
  readonly segmentBytes: number
  /** How long the storage works on a request that has arrived. */
  readonly serverMs: number
  readonly breaks?: WeatherBreaks
  /** One connection a host carries all requests, each in a stream of its own. */
  readonly http2?: { readonly streamWindowBytes: number }
  readonly busyPhases?: readonly BusyPhase[]
}
