import type { Environment } from '../../server/node/clean-environment.js'

/** What a command sees of the world; tests supply their own. */
export interface Terminal {
  /** Writes a line of the product: what a pipe receives. */
  readonly write: (line: string) => void
  /** Writes a line for whoever watches. */
  readonly writeError: (line: string) => void
  readonly env: Environment
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  /** Aborted when the user ends the command, with Ctrl+C for example. */
  readonly signal: AbortSignal
}
