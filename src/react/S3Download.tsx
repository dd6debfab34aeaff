'use client'

import { forwardRef } from 'react'
import { DownloadButton } from './components/DownloadButton.js'
import { DownloadLink } from './components/DownloadLink.js'
import type {
  DownloadAppearance,
  DownloadButtonProps,
  DownloadCallbacks,
  PrivateDownloadSource,
  PublicDownloadSource,
} from './download-options.js'

/** Props of `S3Download`; whatever else a `<button>` takes goes to the button or link. */
export type S3DownloadProps = (PrivateDownloadSource | PublicDownloadSource) &
  DownloadAppearance &
  DownloadCallbacks &
  DownloadButtonProps & {
    /** `auto` follows the user's system. @default 'auto' */
    readonly theme?: 'light' | 'dark' | 'auto' | undefined
  }

/**
 * Downloads a stored file. A private one is signed when its button is clicked; a public one is a plain link.
 *
 * Renders a `<span>` with a `<button>` or an `<a>`, which gets `className`, `ref` and all other props. Its looks come
 * with `s3-direct-upload/styles.css`.
 *
 * @example
 * <S3Download endpoint="/api/s3" fileKey={invoice.key} fileName="Invoice.pdf" />
 */
export const S3Download = forwardRef<HTMLButtonElement | HTMLAnchorElement, S3DownloadProps>(
  function S3Download({ theme = 'auto', ...props }, ref) {
    return (
      <span className="s3u s3u-download" data-theme={theme}>
        {props.publicUrl === undefined ? (
          <DownloadButton {...props} elementRef={ref} />
        ) : (
          <DownloadLink {...props} elementRef={ref} />
        )}
      </span>
    )
  },
)
