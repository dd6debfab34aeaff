import type { Ref } from 'react'
import type { DownloadDataAttributes } from '../../base/data-attributes.js'
import { renderElement } from '../../base/render-element.js'
import type { UseS3DownloadOptions } from '../../hooks/useS3Download.js'
import { downloadElementProps } from './download-element-props.js'
import type {
  DownloadAppearance,
  DownloadButtonProps,
  DownloadCallbacks,
} from './download-options.js'

type Props = DownloadAppearance &
  DownloadCallbacks &
  DownloadButtonProps &
  Partial<UseS3DownloadOptions> & {
    readonly publicUrl: string
    readonly elementRef: Ref<HTMLElement>
  }

/** Leads to a public file. Renders an `<a>`. */
export function DownloadLink({
  publicUrl,
  headers: _nobodyIsAsked,
  credentials: _norWithCookies,
  onUnauthorized: _norRefused,
  onDownloadStart: _startsByItself,
  onDownloadError: _neverFails,
  disabled,
  ...appearance
}: Props) {
  const { disposition = 'attachment', fileName, render } = appearance
  const state: DownloadDataAttributes = { 'data-status': 'ready', 'data-disposition': disposition }
  const props = {
    href: disabled ? undefined : publicUrl,
    'aria-disabled': disabled || undefined,
    // From another origin browsers may show the file all the same: not in place of the page.
    target: '_blank',
    rel: 'noreferrer',
    ...(disposition === 'attachment' && { download: fileName ?? '' }),
    ...downloadElementProps(appearance, state),
  }
  return renderElement('a', props, { render, state })
}
