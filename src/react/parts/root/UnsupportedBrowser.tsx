import type { UploadError } from '../../../upload/errors/upload-error.js'
import type { S3UploaderOptions } from '../../options/s3-uploader-options.js'
import { localeOf } from '../../options/uppy-options.js'
import { createExplain } from '../../text/explain.js'
import { firstErrorMessages } from '../../text/first-error-messages.js'

interface UnsupportedBrowserProps {
  readonly error: UploadError
  readonly options: S3UploaderOptions
  readonly isUnstyled: boolean
}

/** Says in one sentence that this browser cannot upload. Renders a `<p>` that is a status. */
export function UnsupportedBrowser({ error, options, isUnstyled }: UnsupportedBrowserProps) {
  return (
    <p className={isUnstyled ? undefined : 's3u-problem'} role="status">
      {createExplain(localeOf(options), firstErrorMessages)(error)}
    </p>
  )
}
