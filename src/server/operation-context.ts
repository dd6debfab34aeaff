import type { Caller } from './caller.js'
import type { SigningConfig } from './signing-config.js'

/** What every operation acts on behalf of and with. */
export interface OperationContext {
  readonly caller: Caller
  readonly config: SigningConfig
  /** The time of the request. */
  readonly now: Date
}
