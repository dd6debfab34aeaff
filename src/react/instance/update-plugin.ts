import { type PluginOptionRow, pluginOptionTable } from '../../uppy/plugin-option-table.js'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import type { UploadPlugin } from '../options/find-plugin.js'

/** Hands options to a plugin that is installed already; warns once of each that has no effect any more. */
export function updatePlugin(plugin: UploadPlugin, options: Partial<S3DirectUploadOptions>): void {
  const rows: Readonly<Record<string, PluginOptionRow>> = pluginOptionTable
  const own = new Map<string, unknown>(Object.entries(plugin.opts))
  const entries = Object.entries(options)
  plugin.setOptions(Object.fromEntries(entries.filter(([name]) => rows[name]?.live)))
  for (const [name, value] of entries) {
    if (!rows[name]?.live && value !== own.get(name)) warnOnce(plugin, name)
  }
}

const warnedOf = new WeakMap<UploadPlugin, Set<string>>()

function warnOnce(plugin: UploadPlugin, name: string): void {
  const names = warnedOf.get(plugin) ?? new Set()
  warnedOf.set(plugin, names)
  if (names.has(name)) return
  names.add(name)
  console.warn(
    `s3-direct-upload: \`${name}\` has no effect any more, because the plugin reads it once, when it is installed. ` +
      `To change it, mount the uploader with another \`key\`; with an \`uppy\` of yours, give it to the plugin you install.`,
  )
}
