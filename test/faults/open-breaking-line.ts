import { fetchPast, type Line, startLine } from '../support/line.js'
import type { BreakingLine } from './scenario.js'

/** The line of one user, to the bucket and to the page's server. */
export interface OpenBreakingLine {
  /** Where the bucket is reached by the line. */
  readonly s3Url: string
  /** What the page's own server reaches the bucket by: it has another line. */
  fetchPast(request: Request): Promise<Response>
  /** Leads to the server of a URL; resolves with where it is reached by the line. */
  lead(url: string): Promise<string>
  beginBreaks(): void
  /** Breaks no more. */
  heal(): void
  breakCount(): number
  close(): Promise<void>
}

const portOf = (url: string) => Number(new URL(url).port)

/** Opens the line to the bucket. The files take nearly all of it, so what goes to the page's server has no limit. */
export async function openBreakingLine(
  { bytesPerSecond, breaksAfterMs }: BreakingLine,
  s3Url: string,
): Promise<OpenBreakingLine> {
  const toBucket = await startLine(portOf(s3Url), { bytesPerSecond })
  const lines: Line[] = [toBucket]
  let breaks = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const waitForBreak = () => {
    const afterMs = breaksAfterMs[breaks]
    if (afterMs === undefined) return
    timer = setTimeout(() => {
      breaks += 1
      for (const line of lines) line.cut()
      waitForBreak()
    }, afterMs)
  }
  const heal = () => clearTimeout(timer)

  return {
    s3Url: toBucket.url,
    fetchPast: fetchPast(portOf(s3Url)),
    async lead(url) {
      const line = await startLine(portOf(url))
      lines.push(line)
      return line.url
    },
    beginBreaks: waitForBreak,
    heal,
    breakCount: () => breaks,
    async close() {
      heal()
      await Promise.all(lines.map((line) => line.close()))
    },
  }
}
