import type { Ref } from 'react'
import type { DownloadDataAttributes } from '../../base/data-attributes.js'
import { createDownloadTranslate } from '../../text/download-translate.js'
import { downloadPaths } from '../elements/download-icons.js'
import { iconOf } from '../elements/icon-of.js'
import type { DownloadElementOptions } from './split-download-props.js'

/** What the button and the link have in common: state, name, text and what the app gives them. */
export function downloadElementProps(
  { appearance, elementProps }: DownloadElementOptions,
  {
    state,
    elementRef,
  }: { readonly state: DownloadDataAttributes; readonly elementRef: Ref<HTMLElement> },
) {
  const { disposition, fileName: file, locale } = appearance
  const { className, children, ...given } = elementProps
  const translate = createDownloadTranslate(locale)
  const isInline = disposition === 'inline'
  const text = translate(isInline ? 'openDownload' : 'download')
  const name = file && translate(isInline ? 'openFile' : 'downloadFile', { file })
  const icon = state['data-status'] === 'signing' ? 'wait' : isInline ? 'open' : 'download'
  return {
    'aria-label': children === undefined ? name : undefined,
    ...given,
    ...state,
    ref: elementRef,
    className: className ? `s3u-button ${className}` : 's3u-button',
    children: children ?? (
      <>
        {iconOf(downloadPaths[icon])}
        {text}
      </>
    ),
  }
}
