import { type PluginOptionRow, pluginOptionTable } from '../../uppy/plugin-option-table.js'
import type { S3UploaderOptions, UploaderAppearance } from './s3-uploader-options.js'

/** Where an option goes, and whether a change of it reaches an uploader that is mounted. */
export type OptionRow =
  | PluginOptionRow
  | { readonly to: 'uppy' | 'form' | 'hook' | 'element'; readonly live: true }

/** Rows by the names of the options. */
export type OptionTable = Readonly<Record<string, OptionRow>>

const { id: _onlyOnUppy, locale: _withoutTexts, endpoint, ...ofPlugin } = pluginOptionTable

/** Every option of the uploader. Splitting, forwarding, the table in README.md and a test per row come from here. */
export const optionTable = {
  endpoint,
  accept: { to: 'uppy', live: true },
  maxFileSize: { to: 'uppy', live: true },
  minFileSize: { to: 'uppy', live: true },
  maxFiles: { to: 'uppy', live: true },
  multiple: { to: 'uppy', live: true },
  directory: { to: 'form', live: true },
  name: { to: 'form', live: true },
  required: { to: 'form', live: true },
  disabled: { to: 'form', live: true },
  metadata: { to: 'uppy', live: true },
  locale: { to: 'uppy', live: true },
  ...ofPlugin,
  uppy: { to: 'hook', live: true },
  onUploadBegin: { to: 'hook', live: true },
  onUploadProgress: { to: 'hook', live: true },
  onUploadComplete: { to: 'hook', live: true },
  onUploadError: { to: 'hook', live: true },
  onAllSettled: { to: 'hook', live: true },
  onFileRemove: { to: 'hook', live: true },
  label: { to: 'element', live: true },
  theme: { to: 'element', live: true },
  density: { to: 'element', live: true },
  classNames: { to: 'element', live: true },
  icons: { to: 'element', live: true },
  unstyled: { to: 'element', live: true },
} as const satisfies Record<keyof S3UploaderOptions | keyof UploaderAppearance, OptionRow>
