import type { Page } from 'playwright'
import type { BenchPage, PageResult } from '../page/main.js'
import type { Contestant } from '../plan/contestants.js'
import { type Load, smallBelowBytes } from '../plan/loads.js'
import { waitUntilQuiet } from './browser-processes.js'
import type { Stage } from './start-stage.js'
import { startUsageMeter, type Usage } from './usage-meter.js'

/** What one run showed. */
export interface Run extends PageResult, Usage {
  readonly requests: number
  /** Files that are not in the bucket with their size. */
  readonly lostFiles: number
}

declare global {
  /** The page of the benchmarks defines it. */
  var bench: BenchPage
}

/** Lets a contestant upload a load in a browser context of its own, and looks at what has arrived. */
export async function runOnce(
  stage: Stage,
  contestant: Contestant,
  { load, paths }: { load: Load; paths: readonly string[] },
): Promise<Run> {
  const context = await stage.browser.newContext()
  try {
    const page = await context.newPage()
    await prepare(page, stage, { contestant, load, paths })
    if (load.isWarm) await prepare(page, stage, { contestant, load, paths })
    await waitUntilQuiet(stage.browser)
    await Promise.all([stage.s3.call('takeRequestCount'), stage.app.call('takeRequestCount')])
    const endMeter = await startUsageMeter(stage.browser, [stage.s3.pid, stage.app.pid])
    const result = await page.evaluate(() => globalThis.bench.run())
    const usage = endMeter()
    const requests = await Promise.all([
      stage.s3.call('takeRequestCount'),
      stage.app.call('takeRequestCount'),
    ])
    return {
      ...result,
      ...usage,
      requests: requests[0] + requests[1],
      lostFiles: countLost(load, await stage.s3.call('sizes')),
    }
  } finally {
    await context.close()
    await stage.s3.call('reset')
  }
}

async function prepare(
  page: Page,
  { pageUrl, pageBeforeUrl, s3Url }: Stage,
  { contestant, load, paths }: { contestant: Contestant; load: Load; paths: readonly string[] },
): Promise<void> {
  // Uploads may take minutes, and a run that hangs is ended by hand.
  page.setDefaultTimeout(0)
  const { subject } = contestant
  await page.goto(subject === 'before' ? pageBeforeUrl : pageUrl)
  await page.locator('input').setInputFiles([...paths])
  const pageSubject = subject === 'before' ? 'ours' : subject
  const { isSudden = false } = load
  const run = { ...contestant, subject: pageSubject, s3Url, smallBelowBytes, isSudden }
  await page.evaluate((pageRun) => globalThis.bench.prepare(pageRun), run)
}

function countLost(load: Load, sizes: readonly number[]): number {
  const left = [...sizes]
  let lost = 0
  for (const { count, bytes } of load.files) {
    const found = left.filter((size) => size === bytes).length
    lost += Math.max(count - found, 0)
  }
  return lost
}
