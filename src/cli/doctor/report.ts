import type { Finding } from './examination/finding.js'
import type { CheckReport, Examination } from './examine.js'

const signs: Readonly<Record<CheckReport['status'], string>> = {
  ok: '✓',
  found: '✗',
  noted: '–',
  skipped: ' ',
}

/** Writes an examination in lines for people. */
export function reportLines({ checks, findings, left }: Examination): readonly string[] {
  const lines = checks.flatMap((check) => [
    `${signs[check.status]} ${check.title}${check.status === 'skipped' ? ' (not looked at)' : ''}`,
    ...check.notes.map((note) => `    ${note}`),
    ...check.findings.flatMap(findingLines),
  ])
  const staying = left.map((key) => `Could not be removed (s3:DeleteObject): ${key}`)
  return [...lines, ...staying, '', closingLine(findings.length)]
}

function findingLines({ problem, reason, fix }: Finding): string[] {
  const json = fix.json === undefined ? [] : JSON.stringify(fix.json, null, 2).split('\n')
  return [
    '',
    `    ${problem}`,
    `    ${reason}`,
    `    Fix: ${fix.text}`,
    ...json.map((line) => `      ${line}`),
    ...(fix.command ? [`      $ ${fix.command}`] : []),
    '',
  ]
}

function closingLine(count: number): string {
  if (count === 0) return 'Nothing is wrong.'
  return count === 1 ? '1 finding.' : `${count} findings.`
}
