import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../test/support/find-chromium.js'
import type { LineOptions } from '../line/start-line.js'
import { buildPage } from '../page/build-page.js'
import type { LineProcess } from '../processes/line-process.js'
import type { S3Process } from '../processes/s3-process.js'
import { type RunningProcess, startProcess } from '../processes/start-process.js'
import type { AppProcess } from '../server/start-app-server.js'

/** Everything a run needs, started. */
export interface Stage {
  readonly browser: Browser
  readonly s3: RunningProcess<S3Process>
  readonly app: RunningProcess<AppProcess>
  readonly pageUrl: string
  /** The page with the plugin of an earlier commit, if one takes part. */
  readonly pageBeforeUrl: string
  readonly s3Url: string
  /** Where files of a run may lie. */
  readonly directory: string
  close(): Promise<void>
}

/** What a stage depends on. */
export interface StageOptions {
  /** The line before both servers; undefined is none. */
  readonly line: LineOptions | undefined
  /** A checkout of an earlier commit. */
  readonly before?: string | undefined
}

const processModule = (name: string) => new URL(`../processes/${name}.ts`, import.meta.url)
const urlOf = (port: number) => `http://127.0.0.1:${port}`

/** Starts browser, S3 and app, with a line before both servers if there is one. */
export async function startStage(
  directory: string,
  { line: lineOptions, before }: StageOptions,
): Promise<Stage> {
  const pageDirectory = join(directory, 'page')
  await buildPage(pageDirectory)
  if (before !== undefined) await buildPage(join(pageDirectory, 'before'), before)
  const line = lineOptions && startProcess<LineProcess>(processModule('line-process'), lineOptions)
  const reach = (port: number) => line?.call('open', port) ?? port

  const s3 = startProcess<S3Process>(processModule('s3-process'))
  const s3Port = await s3.call('port')
  const s3Url = urlOf(await reach(s3Port))
  const app = startProcess<AppProcess>(processModule('app-process'), {
    s3Url,
    s3Port,
    pageDirectory,
  })
  // In life they are other computers: they must not take a core that the browser wants.
  for (const { pid } of [s3, app]) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  const appUrl = urlOf(await reach(await app.call('port')))
  const browser = await chromium.launch(chromiumLaunchOptions())
  return {
    browser,
    s3,
    app,
    s3Url,
    pageUrl: `${appUrl}/index.html`,
    pageBeforeUrl: `${appUrl}/before/index.html`,
    directory,
    async close() {
      await browser.close()
      await Promise.all([s3.stop(), app.stop(), line?.stop()])
    },
  }
}
