import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import type { Network } from '../line/network.js'
import type { FileRange } from '../page/blob.js'
import type { Computer } from './computer.js'
import type { FaultBook } from './fault-book.js'
import type { ObjectStorage } from './object-storage.js'
import type { PageSends } from './page-sends.js'
import type { PageWaits } from './page-waits.js'
import type { Questions } from './questions.js'
import type { Servers } from './servers.js'
import type { TokenNames } from './token-names.js'

/** A request of a page that is under way. */
export interface LiveRequest {
  readonly process: Process
  readonly operation: string
  /** Names of the files that it is about, as far as they are known. */
  readonly files: readonly string[]
  /** Which bytes of a file it sends. */
  readonly range?: FileRange | undefined
  /** The server that works on it. */
  readonly server?: Process | undefined
  /** Ends it without a word to the page. */
  end(): void
  /** The connection breaks, and the page hears of it. */
  break?(): void
}

/** What the requests of all pages go through. */
export interface PageConnection {
  readonly clock: Clock
  readonly network: Network
  readonly computer: Computer
  readonly storage: ObjectStorage
  readonly storageHost: string
  readonly servers: Servers
  readonly faults: FaultBook
  readonly live: Set<LiveRequest>
  readonly tokens: TokenNames
  readonly sends: PageSends
  readonly waits: PageWaits
  readonly questions: Questions
  readonly isStorageDown: () => boolean
  readonly isEndpointDown: () => boolean
  readonly see: (what: string) => void
}
