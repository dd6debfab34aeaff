import type { Browser } from 'playwright'
import { processesOf } from './browser-processes.js'
import { cpuSecondsOf, residentBytesOf } from './process-usage.js'

/** What a run used. */
export interface Usage {
  readonly browserCpuSeconds: number
  /** Of the S3 and the app. */
  readonly serverCpuSeconds: number
  /** The highest growth of a renderer's resident memory. */
  readonly rendererGrowthBytes: number
}

const sampleEveryMs = 50

/** Measures processes from now on; the function it returns ends that. */
export async function startUsageMeter(
  browser: Browser,
  serverPids: readonly number[],
): Promise<() => Usage> {
  const processes = await processesOf(browser)
  const browserPids = processes.map(({ id }) => id)
  const renderers = processes
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => ({ id, before: residentBytesOf(id) }))
  const before = { browser: cpuSecondsOf(browserPids), servers: cpuSecondsOf(serverPids) }

  let growth = 0
  const sample = () => {
    for (const { id, before } of renderers) growth = Math.max(growth, residentBytesOf(id) - before)
  }
  const timer = setInterval(sample, sampleEveryMs)
  return () => {
    clearInterval(timer)
    sample()
    return {
      browserCpuSeconds: cpuSecondsOf(browserPids) - before.browser,
      serverCpuSeconds: cpuSecondsOf(serverPids) - before.servers,
      rendererGrowthBytes: growth,
    }
  }
}
