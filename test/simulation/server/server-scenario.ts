import type { ServerEventKind } from '../run/acts/server-acts.js'
import type { Fault, Occasion, ServerFacts } from '../scenario/scenario.js'

/** What one seed stands for, as plain JSON: whatever is in `callers`, `faults` or `events` can be left out. */
export interface ServerScenario {
  readonly seed: number
  readonly server: HandlerFacts
  readonly uploads: readonly ScenarioUpload[]
  readonly callers: readonly CallerScript[]
  readonly faults: readonly Fault[]
  readonly events: readonly ServerScenarioEvent[]
}

/** What the signing handlers are set to, and what their platform does. */
export interface HandlerFacts extends ServerFacts {
  readonly rules: {
    readonly maxFileMebibytes?: number
    readonly accept?: readonly string[]
    readonly maxFiles?: number
  }
  /** What an owner may have stored. */
  readonly quotaMebibytes?: number
  readonly unclaimed?: 'tag'
  /** Whether the signal of a request aborts when its caller gives it up. */
  readonly hearsGivingUp: boolean
}

/** A file of an owner. */
export interface ScenarioUpload {
  readonly name: string
  readonly owner: string
  readonly fileName: string
  readonly type: string
  readonly mebibytes: number
  readonly bytes: number
  readonly hasChecksum?: boolean
}

/** What a client does, step by step. */
export interface CallerScript {
  readonly name: string
  readonly owner: string
  readonly at: number
  /** By name; several callers may work at one. */
  readonly uploads: readonly string[]
  readonly steps: readonly CallerStep[]
}

/** One step of a client. */
export type CallerStep =
  | {
      readonly do: 'sign'
      readonly attempt?: number
      readonly patienceMs?: number
      readonly maxTries?: number
    }
  | { readonly do: 'send'; readonly share?: number; readonly extraBytes?: number }
  | { readonly do: 'list'; readonly patienceMs?: number }
  | { readonly do: 'complete'; readonly patienceMs?: number }
  | { readonly do: 'abort'; readonly patienceMs?: number }
  | { readonly do: 'download' }
  | { readonly do: 'steal'; readonly from: string }
  | { readonly do: 'wait'; readonly ms: number }

export const serverEventKinds = [
  's3-down',
  'endpoint-down',
  'restart',
  'rotate-secret',
  'roll-out-secret',
  'lifecycle',
  'lose-part',
  'hook-fails',
  'hang',
] as const satisfies readonly (ServerEventKind | 'hook-fails' | 'hang')[]

/** What comes over the servers or the bucket. */
export type ServerScenarioEvent = Occasion & {
  readonly kind: (typeof serverEventKinds)[number]
  /** How long it lasts. */
  readonly forMs?: number
  /** What S3 does not answer. */
  readonly operation?: string
}
