import type { ComponentPropsWithoutRef } from 'react'
import type { Disposition } from '../../../protocol/downloads.js'
import type { UploadError } from '../../../upload/errors/upload-error.js'
import type { DownloadDataAttributes } from '../../base/data-attributes.js'
import type { RenderElement } from '../../base/render-element.js'
import type { UseS3DownloadOptions } from '../../hooks/useS3Download.js'
import type { UploaderLocale } from '../../text/messages.js'

/** Which file: exactly one of `fileKey`, `receipt` and `publicUrl`. */
export interface DownloadSource extends Partial<UseS3DownloadOptions> {
  /** The key of a private file, which `endpoint` signs. */
  readonly fileKey?: string | undefined
  /** The receipt of an upload, whose file `endpoint` signs. */
  readonly receipt?: string | undefined
  /** The URL of an object in a public bucket, as `publicUrl` of the server kit makes it; nothing is signed. */
  readonly publicUrl?: string | undefined
}

/** How a download looks and what it is called. */
export interface DownloadAppearance {
  /** `inline` shows the file in a new tab; what could run script there is saved all the same. @default 'attachment' */
  readonly disposition?: Disposition | undefined
  /** The name that is spoken, and under which the file is saved; a public object keeps its own. */
  readonly fileName?: string | undefined
  /** Another element than the `<button>`, or than the `<a>` of a public file. */
  readonly render?: RenderElement<DownloadElementProps, DownloadDataAttributes> | undefined
  /** Texts in another language: a pack from `s3-direct-upload/locales/…`, or your own (`{ strings: { download: '…' } }`). @default English */
  readonly locale?: UploaderLocale | undefined
}

/** What the app hears. */
export interface DownloadCallbacks {
  /** Called when the browser has the download. */
  readonly onDownloadStart?: (() => void) | undefined
  /** Called when it could not be signed. */
  readonly onDownloadError?: ((error: UploadError) => void) | undefined
}

/** Props of the button or link. */
type DownloadElementProps = Readonly<Record<string, unknown>>

/** What else a button takes. */
export type DownloadButtonProps = Omit<
  ComponentPropsWithoutRef<'button'>,
  'type' | 'name' | 'value' | keyof DownloadDataAttributes
>
