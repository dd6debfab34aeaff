import { planParts } from './plan-parts.js'
import type { Rule } from './rule.js'

const mebibyte = 1_048_576

/** Six at once, parts of planned sizes, up to five minutes of retries. */
const today: Rule = {
  multipartFromBytes: 32 * mebibyte,
  partBytes: planParts,
  sendsOnePartAtATime: false,
  narrows: true,
  signsEach: false,
  preflightsAll: false,
  stallMs: { idle: 30_000, answer: 120_000 },
  retryDelayMs: (attempts, failure, random) => {
    const isUnheard = failure.acknowledgedBytes === 0
    const delayMs = random() * Math.min(20_000, 500 * 2 ** attempts.failures)
    attempts.spentMs += delayMs + (isUnheard ? Math.min(60_000, failure.ageMs) : 0)
    if (attempts.spentMs > 300_000) return undefined
    if (failure.hasSucceeded) return delayMs
    if (isUnheard || failure.isHandedOver) attempts.unheardFailures += 1
    const looksRefused = attempts.unheardFailures >= 4 && attempts.spentMs >= 30_000
    return looksRefused ? undefined : delayMs
  },
}

/** Uppy 6.3 with its S3 plugin: one part of 5 MiB at a time, signed one by one, three retries. */
const uppy: Rule = {
  multipartFromBytes: 100 * mebibyte,
  partBytes: () => 5 * mebibyte,
  sendsOnePartAtATime: true,
  narrows: false,
  signsEach: true,
  preflightsAll: true,
  stallMs: { idle: 30_000, answer: 30_000 },
  retryDelayMs: ({ failures }) => (failures > 3 ? undefined : 300 * 2 ** (failures - 1)),
}

/** The two rules that the model is judged by. */
export const rules = { today, uppy }

/** The name of a rule. */
export type RuleName = keyof typeof rules
