/** A request that a page sends over the line, and what the page and the server hear of it. */
export interface LineRequest {
  readonly host: string
  readonly bodyBytes: number
  readonly hasPreflight: boolean
  /**
   * Milliseconds that the request costs the browser before it begins.
   *
   * @default 2
   */
  readonly browserMs?: number
  /**
   * Hears how many bytes of the body the other side has acknowledged.
   *
   * The number never falls within one sending. It starts at 0 again, untold, when the browser sends a second time.
   */
  readonly onProgress?: (acknowledgedBytes: number) => void
  /**
   * Hears that the request has arrived as a whole; `answer` hands its answer to the line.
   *
   * It is called twice if the browser sends a second time after the first sending has arrived.
   */
  readonly onArrived: (answer: () => void) => void
  /** Hears that the answer is here. */
  readonly onAnswer: () => void
  /**
   * Hears that the storage refused the request as busy when its head arrived.
   *
   * @default onReset
   */
  readonly onBusy?: () => void
  /** Hears that the connection was lost and the browser says so. */
  readonly onReset: () => void
}

/** A request on its way. */
export interface LineSending {
  /** Bytes of the body that the other side has acknowledged. */
  readonly acknowledgedBytes: number
  /** Bytes of the body that the operating system has taken: the acknowledged ones and a send buffer. */
  readonly takenBytes: number
  /** Ends the request; none of its callbacks is called any more. */
  abort(): void
}
