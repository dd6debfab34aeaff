import type { Ref } from 'react'
import type { DownloadDataAttributes } from '../../base/data-attributes.js'
import { renderElement } from '../../base/render-element.js'
import { downloadElementProps } from './download-element-props.js'
import type { DownloadElementOptions } from './split-download-props.js'

interface Props extends DownloadElementOptions {
  readonly publicUrl: string
  readonly elementRef: Ref<HTMLElement>
}

/** Leads to a public file, for which no endpoint is asked. Renders an `<a>`. */
export function DownloadLink({ publicUrl, elementRef, appearance, elementProps }: Props) {
  const { disposition, fileName, render } = appearance
  const { disabled, ...others } = elementProps
  const state: DownloadDataAttributes = { 'data-status': 'ready', 'data-disposition': disposition }
  const element = { appearance, elementProps: others }
  const props = {
    href: disabled ? undefined : publicUrl,
    'aria-disabled': disabled || undefined,
    // From another origin browsers may show the file all the same: not in place of the page.
    target: '_blank',
    rel: 'noreferrer',
    ...(disposition === 'attachment' && { download: fileName ?? '' }),
    ...downloadElementProps(element, { state, elementRef }),
  }
  return renderElement('a', props, { render, state })
}
