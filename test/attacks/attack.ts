import type { AttackTarget } from './attack-target.js'

/** One way to get at what one may not have. */
export interface Attack {
  /** What it tries, said of the attacker: `completes the upload of somebody else`. */
  readonly tries: string
  /** How it has to end: with a code of the protocol, with `S3 <status> <code>`, or `ignored`. */
  readonly ends: string
  /** Makes one attempt, or many of a kind, and says how each ended. */
  readonly attempt: (target: AttackTarget) => Promise<string | readonly string[]>
}

/** Attacks of a kind. */
export interface AttackFamily {
  readonly name: string
  readonly attacks: readonly Attack[]
}

/** An attempt that had no effect: what was smuggled in is not in what came out. */
export const ignored = 'ignored'

/** How an attempt ended that got what it wanted. */
export function succeeded(what: string): string {
  return `SUCCEEDED: ${what}`
}

/** Tells whether an attempt got what it wanted. */
export function hasSucceeded(ending: string): boolean {
  return ending.startsWith('SUCCEEDED')
}

/** How an attempt ended that was to have no effect. */
export function ignoredIf(hadNoEffect: boolean, effect: string): string {
  return hadNoEffect ? ignored : succeeded(effect)
}
