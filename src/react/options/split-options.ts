import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import type { OptionTable } from './option-table.js'
import type { S3UploaderOptions } from './s3-uploader-options.js'

/** Parts the options of an uploader from the other props of its element. */
export function splitProps<Props extends S3UploaderOptions>(
  table: OptionTable,
  props: Props,
): [S3UploaderOptions, Omit<Props, keyof S3UploaderOptions>] {
  const isOption = (name: string) => Object.hasOwn(table, name) && table[name]?.to !== 'element'
  const entries = Object.entries(props)
  const options = entries.filter(([name]) => isOption(name))
  const others = entries.filter(([name]) => !isOption(name))
  // The very entries of `props`, only parted.
  return [
    Object.fromEntries(options) as S3UploaderOptions,
    Object.fromEntries(others) as Omit<Props, keyof S3UploaderOptions>,
  ]
}

/** The options that go to the plugin, each under its name; undefined where it is not given. */
export function pluginOptions(
  table: OptionTable,
  options: S3UploaderOptions,
): Partial<S3DirectUploadOptions> {
  const given: Readonly<Record<string, unknown>> = { ...options }
  const names = Object.keys(table).filter((name) => table[name]?.to === 'plugin')
  // An option of the uploader that goes to the plugin has the plugin's type: they are derived from it.
  return Object.fromEntries(names.map((name) => [name, given[name]]))
}
