'use client'

import { forwardRef, useRef } from 'react'
import { type Theme, useScheme } from './base/useScheme.js'
import { DownloadButton } from './parts/download/DownloadButton.js'
import { DownloadLink } from './parts/download/DownloadLink.js'
import type {
  DownloadAppearance,
  DownloadButtonProps,
  DownloadCallbacks,
  DownloadSource,
} from './parts/download/download-options.js'
import { splitDownloadProps } from './parts/download/split-download-props.js'
import { languageProps } from './text/messages.js'

/** Props of `S3Download`; whatever else a `<button>` takes goes to the button or link. */
export interface S3DownloadProps
  extends DownloadSource,
    DownloadAppearance,
    DownloadCallbacks,
    DownloadButtonProps {
  /** `auto` is as the page around: dark within `.dark` or `data-theme="dark"`, else by its `color-scheme`. @default 'auto' */
  readonly theme?: Theme | undefined
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
    const { source, connection, callbacks, ...element } = splitDownloadProps(props)
    requireOneSource({ ...source, endpoint: connection.endpoint })
    const { fileKey = '', receipt, publicUrl } = source
    const root = useRef<HTMLSpanElement>(null)
    const scheme = useScheme(root, theme)
    return (
      <span
        ref={root}
        className="s3u s3u-download"
        data-theme={theme}
        data-scheme={scheme}
        {...languageProps(props.locale)}
      >
        {publicUrl === undefined ? (
          <DownloadButton
            {...element}
            connection={connection}
            callbacks={callbacks}
            source={receipt === undefined ? { key: fileKey } : { receipt }}
            elementRef={ref}
          />
        ) : (
          <DownloadLink {...element} publicUrl={publicUrl} elementRef={ref} />
        )}
      </span>
    )
  },
)

function requireOneSource({ endpoint, fileKey, receipt, publicUrl }: DownloadSource): void {
  const given = [fileKey, receipt, publicUrl].filter((source) => source !== undefined)
  if (given.length === 1 && (endpoint || publicUrl !== undefined)) return
  throw new TypeError(
    's3-direct-upload: <S3Download> does not know which file to download. ' +
      'Give it endpoint and fileKey, or endpoint and receipt, or publicUrl.',
  )
}
