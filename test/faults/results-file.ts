import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** How one seed has ended. */
export interface SeedResult {
  readonly seed: number
  readonly problems: readonly string[]
  /** How the run went, in a few words. */
  readonly facts: string
}

/** What a campaign has found, kept on the disk so that it can go on after it was stopped. */
export interface ResultsFile<Result> {
  /** Results of the same source that lie there already. */
  earlier(): Result[]
  add(result: Result): void
}

/** Opens the file of a campaign; it is begun when the first result comes. */
export function openResults<Result extends object = SeedResult>(
  path: string,
  source = describeSource(),
): ResultsFile<Result> {
  return {
    earlier() {
      if (!existsSync(path)) return []
      const results = readFileSync(path, 'utf8')
        .split('\n')
        .flatMap(parseLine<Result>)
      return results.filter((result) => result.source === source)
    },
    add(result) {
      mkdirSync(dirname(path), { recursive: true })
      // After the rest of a line that was cut.
      appendFileSync(path, `\n${JSON.stringify({ source, ...result })}`)
    },
  }
}

/** A line is cut where a campaign was stopped while it wrote. */
function parseLine<Result>(text: string): (Result & { readonly source: string })[] {
  try {
    // Only this file writes them.
    return [JSON.parse(text)]
  } catch {
    return []
  }
}

/** The commit, and what differs from it: results of other sources prove nothing. */
function describeSource(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' })
  const difference = git('diff', 'HEAD', '--stat').trim()
  return `${git('rev-parse', 'HEAD').trim()}${difference && ` with ${difference}`}`
}
