import { ruleProblems } from '../config/check-rules.js'
import { requireNoProblems } from '../config/checks.js'
import type { OperationContext } from '../config/operation-context.js'
import type { RequestFacts } from '../contract/files.js'
import { decideByApp, unlessRefused } from '../errors/app-refusal.js'
import { type ResolvedRules, resolveRules } from './upload-rules.js'

/**
 * Returns the rules of one signing request, which the app may make for its caller.
 *
 * @throws TypeError when the app returned none that can be used; what the app throws passes.
 */
export async function rulesFor(
  request: RequestFacts,
  { caller, config }: Pick<OperationContext, 'caller' | 'config'>,
): Promise<ResolvedRules> {
  const { rules = {}, storageLimitBytes } = config
  if (typeof rules !== 'function') return resolveRules(rules, storageLimitBytes)
  const returned = unlessRefused(await decideByApp(() => rules(caller, request)))
  requireNoProblems('rules', ruleProblems(returned))
  return resolveRules(returned, storageLimitBytes)
}
