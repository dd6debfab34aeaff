import type { S3DirectUploadOptions } from './plugin-options.js'

/** An option of the plugin; `live` says whether a change reaches a plugin that is installed. */
export interface PluginOptionRow {
  readonly to: 'plugin'
  readonly live: boolean
}

/** Every option of the plugin. The known names, the props of the component and the tables in the docs come from here. */
export const pluginOptionTable = {
  endpoint: { to: 'plugin', live: true },
  headers: { to: 'plugin', live: true },
  credentials: { to: 'plugin', live: true },
  onUnauthorized: { to: 'plugin', live: true },
  autoUpload: { to: 'plugin', live: true },
  concurrency: { to: 'plugin', live: false },
  checksum: { to: 'plugin', live: true },
  resume: { to: 'plugin', live: false },
  retryBudgetSeconds: { to: 'plugin', live: false },
  warnOnLeave: { to: 'plugin', live: true },
  keepAwake: { to: 'plugin', live: true },
  onEvent: { to: 'plugin', live: true },
  transport: { to: 'plugin', live: true },
  id: { to: 'plugin', live: false },
  locale: { to: 'plugin', live: true },
} as const satisfies Record<keyof S3DirectUploadOptions, PluginOptionRow>
