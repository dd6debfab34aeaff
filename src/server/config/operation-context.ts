import type { Caller } from '../contract/caller.js'
import type { SigningConfig } from './signing-config.js'

/** What every operation acts on behalf of and with. */
export interface OperationContext {
  readonly caller: Caller
  readonly config: SigningConfig
  /** The page's request; its body has been read. */
  readonly request: Request
  /** The time of the request. */
  readonly now: Date
}
