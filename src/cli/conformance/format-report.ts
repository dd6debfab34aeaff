import type { ConformanceReport, RuleResult } from './run-conformance.js'

const marks = { pass: 'ok     ', fail: 'FAILED ', skipped: 'skipped' } as const

/** Writes a report for people: a line for each rule, and below a failed one what the protocol says. */
export function formatReport({ results, levels, notChecked }: ConformanceReport): string {
  const count = (state: RuleResult['state']) =>
    results.filter((result) => result.state === state).length
  const summary = `${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped`
  const rest = notChecked.length > 0 ? `, ${notChecked.length} not checked` : ''
  const closing = `Levels ${levels.join(', ')}: ${summary}${rest}`
  return [...results.flatMap(linesOf), '', closing].join('\n')
}

function linesOf({ id, state, title, sentence, says, section }: RuleResult): readonly string[] {
  const line = `${marks[state]}  ${id}: ${title}`
  if (state === 'pass') return [line]
  if (state === 'skipped') return [line, `         ${sentence}`]
  return [line, `         ${sentence}`, `         docs/protocol.md, "${section}": ${says}`]
}
