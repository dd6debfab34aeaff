'use client'

import { useUploader } from '../UploaderContext.js'
import { AlertIcon } from './icons.js'

/** Says once for all files that there is no connection; the announcer speaks it. Renders a `<div>`. */
export function OfflineNotice() {
  const { translate } = useUploader()
  return (
    <div className="s3u-offline">
      <AlertIcon />
      <p>
        <bdi>{translate('noInternetConnection')}</bdi>
      </p>
    </div>
  )
}
