import type { S3DirectUploadOptions } from './plugin-options.js'

/** An option of the plugin; `live` says whether a change reaches a plugin that is installed. */
export interface PluginOptionRow {
  readonly to: 'plugin'
  readonly live: boolean
}

const live = { to: 'plugin', live: true } as const
const fixed = { to: 'plugin', live: false } as const

/** Every option of the plugin. The known names, the props of the component and the tables in the docs come from here. */
export const pluginOptionTable = {
  endpoint: live,
  headers: live,
  credentials: live,
  onUnauthorized: live,
  autoUpload: live,
  concurrency: fixed,
  checksum: live,
  resume: fixed,
  retryBudgetSeconds: fixed,
  metadata: live,
  prepare: live,
  duplicates: live,
  warnOnLeave: live,
  keepAwake: live,
  onEvent: live,
  transport: live,
  id: fixed,
  locale: live,
} as const satisfies Record<keyof S3DirectUploadOptions, PluginOptionRow>
