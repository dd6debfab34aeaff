/** Why a request has failed. */
export type FailureReason = 'busy' | 'stalled' | 'reset'

/** What a rule knows of a request that has failed. */
export interface Failure {
  readonly reason: FailureReason
  readonly ageMs: number
  /** Bytes of the body that had been acknowledged. */
  readonly acknowledgedBytes: number
  /** Whether the system had taken the whole body. */
  readonly isHandedOver: boolean
  /** Whether any request of the page has succeeded. */
  readonly hasSucceeded: boolean
}

/** What a rule keeps of the attempts to send one piece: a file, or a part of one. */
export interface Attempts {
  failures: number
  spentMs: number
  unheardFailures: number
}

/** How an uploader sends files. */
export interface Rule {
  /** Files from this size on go in parts. */
  readonly multipartFromBytes: number
  readonly partBytes: (fileBytes: number) => number
  readonly sendsOnePartAtATime: boolean
  /** Whether it sends less at once after a request that was refused as busy or stalled. */
  readonly narrows: boolean
  /** Whether each request is signed by a request of its own before it is sent. */
  readonly signsEach: boolean
  /** Whether small files have a preflight too. */
  readonly preflightsAll: boolean
  /** How long nothing may be heard of a request: while bytes move, and while an answer is awaited. */
  readonly stallMs: { readonly idle: number; readonly answer: number }
  /** When to send a piece again, or `undefined` if the file is given up. */
  readonly retryDelayMs: (
    attempts: Attempts,
    failure: Failure,
    random: () => number,
  ) => number | undefined
}
