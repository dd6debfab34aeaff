import type { Disposition } from '../../../protocol/downloads.js'
import type { UploadError } from '../../../upload/errors/upload-error.js'
import type { DownloadStatus } from '../../base/data-attributes.js'
import {
  createExplain,
  createTranslate,
  downloadMessages,
  type UploaderLocale,
} from '../../text/messages.js'

export interface DownloadNewsProps {
  readonly status: DownloadStatus
  readonly error: UploadError | undefined
  readonly disposition: Disposition
  readonly locale: UploaderLocale | undefined
}

/** Shows why a download did not begin, and tells users of screen readers how it goes. Renders a `<span>`. */
export function DownloadNews({ status, error, disposition, locale }: DownloadNewsProps) {
  const translate = createTranslate(locale, downloadMessages)
  const started = disposition === 'inline' ? 'downloadOpened' : 'downloadStarted'
  return (
    <span role="status" className={error ? 's3u-problem' : 's3u-announcer'}>
      {error && <bdi>{createExplain(locale)(error)}</bdi>}
      {status === 'signing' && translate('preparingDownload')}
      {status === 'started' && translate(started)}
    </span>
  )
}
