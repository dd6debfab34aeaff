import { parseSize } from '../../protocol/byte-size.js'
import type { UploadRules } from '../contract/rules.js'
import {
  failedChecks,
  isAcceptEntry,
  isPlainObject,
  isPositiveInteger,
  isSize,
  listOf,
  type OptionCheck,
  optional,
  unknownNames,
} from './checks.js'

const size: OptionCheck = [
  optional(isSize),
  "must be bytes, or text such as '5GB' (decimal) or '5GiB' (binary).",
]

const ruleChecks: Readonly<Record<keyof UploadRules, OptionCheck>> = {
  maxFileSize: size,
  minFileSize: size,
  accept: [
    optional((value) => listOf(isAcceptEntry)(value) && value.length > 0),
    "must be a list such as ['image/*', 'application/pdf', '.docx'], one type per entry; leave it out for every type.",
  ],
  maxFiles: [optional(isPositiveInteger), 'must be a whole number, 1 or more.'],
}

/** The rules by their paths. */
export const ruleNames: readonly string[] = Object.keys(ruleChecks).map((rule) => `rules.${rule}`)

/** Lists what is wrong with rules: the rule, the reason and the way out. */
export function ruleProblems(rules: unknown, known: readonly string[] = ruleNames): string[] {
  if (!isPlainObject(rules)) return ["rules: must be an object such as { maxFileSize: '5GB' }."]
  const problems = [
    ...failedChecks(rules, ruleChecks, 'rules.'),
    ...unknownNames(rules, { checks: ruleChecks, path: 'rules.', known }),
  ]
  return problems.length > 0 ? problems : contradictions(rules)
}

function contradictions({ minFileSize, maxFileSize }: UploadRules): string[] {
  const smallest = parseSize(minFileSize) ?? 0
  const largest = parseSize(maxFileSize) ?? Number.POSITIVE_INFINITY
  if (smallest <= largest) return []
  return ['rules.minFileSize: is above rules.maxFileSize, so no file would fit. Lower it.']
}
