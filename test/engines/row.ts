import type { Engine, EngineTab } from './engine.js'
import type { EngineSite, EngineSiteOptions } from './engine-site.js'
import type { RowFiles } from './row-files.js'
import type { User } from './user.js'

/** One thing that holds in every engine. */
export interface Row {
  readonly name: string
  run(stage: Stage): Promise<void>
}

/** What a row has; all of it ends with the row. */
export interface Stage {
  readonly engine: Engine['name']
  readonly files: RowFiles
  startSite(options?: EngineSiteOptions): Promise<EngineSite>
  /** Opens a page and waits until the component is there. */
  openPage(url: string): Promise<User>
  /** A tab without a wait. */
  openTab(url: string): Promise<EngineTab>
}
