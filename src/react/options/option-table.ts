import { type PluginOptionRow, pluginOptionTable } from '../../uppy/plugin-option-table.js'
import type { S3UploaderOptions, UploaderAppearance } from './s3-uploader-options.js'

/** Where an option goes, and whether a change of it reaches an uploader that is mounted. */
export type OptionRow =
  | PluginOptionRow
  | { readonly to: 'uppy' | 'form' | 'validity' | 'hook' | 'page' | 'element'; readonly live: true }
  | { readonly to: 'start'; readonly live: false }

/** Rows by the names of the options. */
export type OptionTable = Readonly<Record<string, OptionRow>>

const {
  id: _onlyOnUppy,
  locale: _withoutTexts,
  metadata: _byFile,
  endpoint,
  ...ofPlugin
} = pluginOptionTable

const toUppy = { to: 'uppy', live: true } as const
const toForm = { to: 'form', live: true } as const
const toStart = { to: 'start', live: false } as const
const toHook = { to: 'hook', live: true } as const
const toPage = { to: 'page', live: true } as const
const toElement = { to: 'element', live: true } as const

/** Every option of the uploader. Splitting, forwarding, the table in README.md and a test per row come from here. */
export const optionTable = {
  endpoint,
  accept: toUppy,
  maxFileSize: toUppy,
  minFileSize: toUppy,
  maxFiles: toUppy,
  multiple: toUppy,
  directory: toForm,
  camera: toForm,
  dropTarget: toPage,
  paste: toPage,
  strayDrops: toPage,
  name: toForm,
  required: toForm,
  holdSubmit: { to: 'validity', live: true },
  disabled: toForm,
  readOnly: toForm,
  value: toForm,
  defaultValue: toStart,
  metadata: toUppy,
  locale: toUppy,
  ...ofPlugin,
  uppy: toHook,
  onUploadBegin: toHook,
  onUploadProgress: toHook,
  onUploadComplete: toHook,
  onUploadError: toHook,
  onAllSettled: toHook,
  onFileRemove: toHook,
  onValueChange: toHook,
  label: toElement,
  error: toElement,
  theme: toElement,
  density: toElement,
  classNames: toElement,
  icons: toElement,
  unstyled: toElement,
  showVerified: toElement,
} as const satisfies Record<keyof S3UploaderOptions | keyof UploaderAppearance, OptionRow>
