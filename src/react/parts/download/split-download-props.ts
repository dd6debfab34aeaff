import type { UseS3DownloadOptions } from '../../hooks/useS3Download.js'
import type {
  DownloadAppearance,
  DownloadButtonProps,
  DownloadCallbacks,
  DownloadSource,
} from './download-options.js'

type Named<Options> = Record<keyof Options, unknown>

/** Parts the props of a download. A new one does not compile until it is named here. */
export function splitDownloadProps({
  fileKey,
  receipt,
  publicUrl,
  endpoint = '',
  headers,
  credentials,
  onUnauthorized,
  onDownloadStart,
  onDownloadError,
  disposition = 'attachment',
  fileName,
  locale,
  render,
  ...elementProps
}: DownloadSource & DownloadCallbacks & DownloadAppearance & DownloadButtonProps) {
  const source = { fileKey, receipt, publicUrl }
  const connection = { endpoint, headers, credentials, onUnauthorized }
  const callbacks = { onDownloadStart, onDownloadError }
  const appearance = { disposition, fileName, locale, render }
  return {
    source: source satisfies Named<Omit<DownloadSource, keyof UseS3DownloadOptions>>,
    connection: connection satisfies Named<UseS3DownloadOptions>,
    callbacks: callbacks satisfies Named<DownloadCallbacks>,
    appearance: appearance satisfies Named<DownloadAppearance>,
    elementProps,
  }
}

/** What a button and a link show, with what the app gives their element. */
export type DownloadElementOptions = Pick<
  ReturnType<typeof splitDownloadProps>,
  'appearance' | 'elementProps'
>
