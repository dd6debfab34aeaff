import type { Environment } from '../../server/node/clean-environment.js'

/** What a command sees of the world; tests supply their own. */
export interface Terminal {
  /** Writes a line of the result, to the standard output. */
  readonly write: (line: string) => void
  /** Writes a line for people, to the standard error. */
  readonly writeError: (line: string) => void
  readonly env: Environment
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  /** Aborted when the user ends the command, with Ctrl+C for example. */
  readonly signal: AbortSignal
}
