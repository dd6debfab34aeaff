/** In what a real server differs from a check. */
export interface ConformanceException {
  readonly reason: string
  /** Part of the failure that the check must end in; without it the check is not run. */
  readonly observed?: string | RegExp
}

/** Exceptions by server, then by `row: check`. */
export const realS3Exceptions: Readonly<
  Record<string, Readonly<Record<string, ConformanceException>>>
> = {}
