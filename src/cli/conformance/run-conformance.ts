import type { ConformanceLevel } from './client/conformance-levels.js'
import { type ConformanceRule, RuleFailure, RuleSkipped } from './client/conformance-rule.js'
import { createSubject, type HeaderSet, type SubjectOptions } from './client/subject.js'
import { conformanceRules } from './rules/index.js'

/** How a backend is checked. */
export interface ConformanceOptions
  extends Partial<Omit<SubjectOptions, 'url' | 'headers' | 'levels'>> {
  /**
   * The levels it claims.
   *
   * @default ['core']
   */
  readonly levels?: readonly ConformanceLevel[]
  /**
   * What a request of a signed-in user carries, such as a cookie.
   *
   * @default {} (what concerns users is skipped)
   */
  readonly headers?: HeaderSet
}

/** How one rule ended. */
export interface RuleResult extends Omit<ConformanceRule, 'run' | 'isGate'> {
  readonly state: 'pass' | 'fail' | 'skipped'
  /** What was found, in one sentence. */
  readonly sentence: string
}

/** How a backend did. */
export interface ConformanceReport {
  readonly url: string
  readonly levels: readonly ConformanceLevel[]
  /** No rule failed. */
  readonly passed: boolean
  readonly results: readonly RuleResult[]
  /** The ids of rules that could say nothing, since a rule that comes first failed. */
  readonly notChecked: readonly string[]
}

/** Larger than where this package's own server begins to send in parts. */
const defaultMultipartSizeBytes = 40 * 2 ** 20

/**
 * Checks a signing endpoint, and the bucket it signs for, against the protocol.
 *
 * It uploads small files, and for the level multipart a large one.
 */
export async function runConformance(
  url: string,
  { levels = ['core'], headers = {}, ...options }: ConformanceOptions = {},
): Promise<ConformanceReport> {
  const subject = createSubject({
    url,
    headers,
    levels,
    fileName: 'conformance.txt',
    fileType: 'text/plain',
    multipartSizeBytes: defaultMultipartSizeBytes,
    fetch: (request) => fetch(request),
    signal: new AbortController().signal,
    ...options,
  })
  const results: RuleResult[] = []
  const notChecked: string[] = []
  const closed = new Set<ConformanceLevel>()
  for (const { run, isGate, ...rule } of conformanceRules) {
    if (closed.has('core') || closed.has(rule.level)) {
      if (levels.includes(rule.level)) notChecked.push(rule.id)
      continue
    }
    // What the level core needs first, the others need as well.
    const isNeeded = levels.includes(rule.level) || (isGate && rule.level === 'core')
    if (!isNeeded) continue
    subject.signal.throwIfAborted()
    const result = { ...rule, ...(await outcome(() => run(subject))) }
    if (isGate && result.state === 'fail') closed.add(rule.level)
    results.push(result)
  }
  const passed = results.every(({ state }) => state !== 'fail')
  return { url, levels, passed, results, notChecked }
}

async function outcome(
  run: () => Promise<string | undefined>,
): Promise<Pick<RuleResult, 'state' | 'sentence'>> {
  try {
    return { state: 'pass', sentence: (await run()) ?? 'As the protocol says.' }
  } catch (thrown) {
    if (thrown instanceof RuleSkipped) return { state: 'skipped', sentence: thrown.message }
    if (thrown instanceof RuleFailure) return { state: 'fail', sentence: thrown.message }
    return { state: 'fail', sentence: `No answer came: ${reasonOf(thrown)}.` }
  }
}

/** Never the message, which may name a signed URL. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown'
  const { cause } = thrown
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return thrown.name
}
