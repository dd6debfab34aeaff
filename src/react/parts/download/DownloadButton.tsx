'use client'

import { type MouseEvent, type Ref, useEffect } from 'react'
import type { Disposition, DownloadDescription } from '../../../protocol/downloads.js'
import type { UploadError } from '../../../upload/errors/upload-error.js'
import type { DownloadDataAttributes, DownloadStatus } from '../../base/data-attributes.js'
import { renderElement } from '../../base/render-element.js'
import { useLatest } from '../../base/useLatest.js'
import { type UseS3DownloadOptions, useS3Download } from '../../hooks/useS3Download.js'
import { downloadErrorMessages, downloadErrorPrefix } from '../../text/download-error-messages.js'
import { createDownloadTranslate } from '../../text/download-translate.js'
import { createExplain } from '../../text/explain.js'
import type { UploaderLocale } from '../../text/messages.js'
import { downloadElementProps } from './download-element-props.js'
import type { DownloadCallbacks } from './download-options.js'
import type { DownloadElementOptions } from './split-download-props.js'

interface Props extends DownloadElementOptions {
  readonly source: { readonly key: string } | { readonly receipt: string }
  readonly connection: UseS3DownloadOptions
  readonly callbacks: DownloadCallbacks
  readonly elementRef: Ref<HTMLElement>
}

/** Has a private file signed when it is clicked. Renders a `<button>`, and its state as text in a `<span>`. */
export function DownloadButton({ source, connection, callbacks, elementRef, ...element }: Props) {
  const { download, status, error } = useS3Download(connection)
  const { disposition, fileName, locale, render } = element.appearance
  const state: DownloadDataAttributes = { 'data-status': status, 'data-disposition': disposition }
  const latest = useLatest(callbacks)
  useEffect(() => {
    if (error) latest.current.onDownloadError?.(error)
  }, [error, latest])

  const start = async () => {
    // The button stays enabled meanwhile, so that the focus does.
    if (status === 'signing') return
    const file: DownloadDescription = { ...source, disposition, name: fileName }
    if (await download(file)) latest.current.onDownloadStart?.()
  }
  const props = {
    type: 'button',
    'aria-busy': status === 'signing' || undefined,
    ...downloadElementProps(element, { state, elementRef }),
    onClick(event: MouseEvent<HTMLButtonElement>) {
      element.elementProps.onClick?.(event)
      if (!event.defaultPrevented) void start()
    },
  }
  return (
    <>
      {renderElement('button', props, { render, state })}
      <DownloadAnnouncement
        status={status}
        error={error}
        disposition={disposition}
        locale={locale}
      />
    </>
  )
}

interface DownloadAnnouncementProps {
  readonly status: DownloadStatus
  readonly error: UploadError | undefined
  readonly disposition: Disposition
  readonly locale: UploaderLocale | undefined
}

/** Shows why a download did not begin, and tells users of screen readers how it goes. Renders a `<span>`. */
function DownloadAnnouncement({ status, error, disposition, locale }: DownloadAnnouncementProps) {
  const translate = createDownloadTranslate(locale)
  const started = disposition === 'inline' ? 'downloadOpened' : 'downloadStarted'
  return (
    <span role="status" className={error ? 's3u-problem' : 's3u-announcer'}>
      {error && (
        <bdi>{createExplain(locale, downloadErrorMessages, downloadErrorPrefix)(error)}</bdi>
      )}
      {status === 'signing' && translate('preparingDownload')}
      {status === 'started' && translate(started)}
    </span>
  )
}
