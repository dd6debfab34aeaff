import type { Browser } from 'playwright'
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
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const browserPids = processInfo.map(({ id }) => id)
  const renderers = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => ({ id, before: residentBytesOf(id) }))
  const cpuOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0)
  const before = { browser: cpuOf(browserPids), servers: cpuOf(serverPids) }

  let growth = 0
  const sample = () => {
    for (const { id, before } of renderers) growth = Math.max(growth, residentBytesOf(id) - before)
  }
  const timer = setInterval(sample, sampleEveryMs)
  return () => {
    clearInterval(timer)
    sample()
    return {
      browserCpuSeconds: cpuOf(browserPids) - before.browser,
      serverCpuSeconds: cpuOf(serverPids) - before.servers,
      rendererGrowthBytes: growth,
    }
  }
}
