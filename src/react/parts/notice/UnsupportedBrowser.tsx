'use client'

import type { UploadError } from '../../../upload/errors/upload-error.js'
import { errorMessages } from '../../text/error-messages.js'
import { createExplain } from '../../text/explain.js'
import type { UploaderLocale } from '../../text/messages.js'

interface UnsupportedBrowserProps {
  readonly error: UploadError
  readonly locale: UploaderLocale | undefined
}

/** Says in one sentence that this browser cannot upload. Renders a `<p>` that is an alert. */
export function UnsupportedBrowser({ error, locale }: UnsupportedBrowserProps) {
  return (
    <p className="s3u-problem" role="alert">
      {createExplain(locale, errorMessages)(error)}
    </p>
  )
}
