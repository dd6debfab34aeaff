import type { Caller } from '../contract/caller.js'
import type { FileWatchFacts } from '../events/watch-file.js'
import type { FolderFacts } from '../objects/owner-folder.js'
import type { TokenFacts } from '../tokens/upload-token.js'
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

/** Says whose tokens an operation signs and verifies. */
export function tokenFactsOf({
  caller,
  config,
  now,
}: Pick<OperationContext, 'caller' | 'config' | 'now'>): TokenFacts {
  const { name: handler, prefix, location } = config
  const { bucket } = location
  const { owner } = caller
  return { keys: config.tokenKeys(), handler, bucket, prefix, owner, now, lifetimes: config }
}

/** Says whose folder an operation works in. */
export function folderFactsOf({
  caller,
  config,
}: Pick<OperationContext, 'caller' | 'config'>): FolderFacts {
  return { owner: caller.owner, handler: config.name, prefix: config.prefix }
}

/** Says of whom `onEvent` is told. */
export function watchFactsOf({
  caller,
  config,
}: Pick<OperationContext, 'caller' | 'config'>): FileWatchFacts {
  const { name: handler, now, reportEvent } = config
  return { handler, owner: caller.owner, now, reportEvent }
}
