import type { ConformanceLevel } from './conformance-levels.js'
import type { Subject } from './subject.js'

/** One thing a backend must do, and the check that it does. */
export interface ConformanceRule {
  /** Stable, for scripts that read the report. */
  readonly id: string
  readonly level: ConformanceLevel
  /** What a backend that passes does. */
  readonly title: string
  /** The heading in docs/protocol.md that demands it. */
  readonly section: string
  /** What is demanded there. */
  readonly says: string
  /** Where it fails, the rest of its level is not checked; after one of the level core, nothing is. */
  readonly isGate?: true
  /** Ends well when the backend does it, else by `fail` or `skip`; may say something about how it went. */
  readonly run: (subject: Subject) => Promise<string | undefined>
}

/** Why a rule does not hold; the sentence names no token and no URL. */
export class RuleFailure extends Error {
  override readonly name = 'RuleFailure'
}

/** Why a rule could not be checked. */
export class RuleSkipped extends Error {
  override readonly name = 'RuleSkipped'
}

/** Ends a rule: the backend does not do what it says. */
export function fail(sentence: string): never {
  throw new RuleFailure(sentence)
}

/** Ends a rule: it cannot be checked here. */
export function skip(reason: string): never {
  throw new RuleSkipped(reason)
}
