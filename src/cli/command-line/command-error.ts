/** How a command ends: it did what it was asked for, it found or met a failure, it was called wrongly. */
export const exitCodes = { success: 0, failure: 1, usage: 2 } as const

/** The number that the shell sees. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command; without a message, what it wrote before says it all. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = exitCodes.failure, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** Makes the error of a command that was called wrongly. */
export function usageError(message: string, options?: ErrorOptions): CommandError {
  return new CommandError(message, exitCodes.usage, options)
}
