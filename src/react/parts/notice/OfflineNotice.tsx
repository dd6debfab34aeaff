'use client'

import { AlertIcon } from '../elements/icons.js'
import { useUploader } from '../root/UploaderContext.js'

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
