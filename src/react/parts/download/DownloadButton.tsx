'use client'

import { type MouseEvent, type Ref, useEffect } from 'react'
import type { DownloadDescription } from '../../../protocol/downloads.js'
import type { DownloadDataAttributes } from '../../base/data-attributes.js'
import { renderElement } from '../../base/render-element.js'
import { useLatest } from '../../base/useLatest.js'
import { type UseS3DownloadOptions, useS3Download } from '../../hooks/useS3Download.js'
import { DownloadNews } from './DownloadAnnouncement.js'
import { downloadElementProps } from './download-element-props.js'
import type {
  DownloadAppearance,
  DownloadButtonProps,
  DownloadCallbacks,
} from './download-options.js'

type Props = DownloadAppearance &
  DownloadCallbacks &
  DownloadButtonProps &
  UseS3DownloadOptions & {
    readonly source: { readonly key: string } | { readonly receipt: string }
    readonly elementRef: Ref<HTMLElement>
  }

/** Has a private file signed when it is clicked. Renders a `<button>`, and news of it in a `<span>`. */
export function DownloadButton({
  endpoint,
  headers,
  credentials,
  onUnauthorized,
  source,
  onDownloadStart,
  onDownloadError,
  onClick,
  ...appearance
}: Props) {
  const connection = { endpoint, headers, credentials, onUnauthorized }
  const { download, status, error } = useS3Download(connection)
  const { disposition = 'attachment', fileName, locale, render } = appearance
  const state: DownloadDataAttributes = { 'data-status': status, 'data-disposition': disposition }
  const latest = useLatest({ onDownloadStart, onDownloadError })
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
    ...downloadElementProps(appearance, state),
    onClick(event: MouseEvent<HTMLButtonElement>) {
      onClick?.(event)
      if (!event.defaultPrevented) void start()
    },
  }
  return (
    <>
      {renderElement('button', props, { render, state })}
      <DownloadNews status={status} error={error} disposition={disposition} locale={locale} />
    </>
  )
}
