/** How to put something right. */
export interface Fix {
  /** What to do, in a sentence. */
  readonly text: string
  /** The document to put somewhere, where there is one. */
  readonly json?: unknown
  /** A line for a shell that does it. */
  readonly command?: string
}

/** Something that is wrong with a set-up. */
export interface Finding {
  /** Stable, such as `cors-origin`, for scripts. */
  readonly id: string
  /** What is wrong. */
  readonly problem: string
  /** What happens because of it. */
  readonly reason: string
  readonly fix: Fix
}
