'use client'

import { forwardRef, type ReactNode, type Ref, type RefAttributes, useId, useState } from 'react'
import { unsupportedBrowser } from '../../../upload/errors/browser-support.js'
import type { RootState } from '../../base/data-attributes.js'
import { forState, type PartProps } from '../../base/part-props.js'
import { useShallowStable } from '../../base/useShallowStable.js'
import { useStable } from '../../base/useStable.js'
import { createLiveRegion } from '../../context/live-region.js'
import {
  CoreProvider,
  type UploaderContextValue,
  UploaderProvider,
} from '../../context/UploaderContext.js'
import { useLocaleTexts } from '../../context/useLocaleTexts.js'
import {
  type UploaderCore,
  useUploaderCore,
  useUploaderSource,
} from '../../hooks/useUploaderCore.js'
import { useUploads } from '../../hooks/useUploads.js'
import { optionTable } from '../../options/option-table.js'
import type { S3UploaderOptions, UploaderAppearance } from '../../options/s3-uploader-options.js'
import { splitProps } from '../../options/split-options.js'
import { isAutoUpload, localeOf, restrictionsOf } from '../../options/uppy-options.js'
import { languageProps } from '../../text/messages.js'
import { RootElement, type RootElementProps } from './RootElement.js'
import { UnsupportedBrowser } from './UnsupportedBrowser.js'

type ElementProps = Omit<PartProps<'div', RootState>, keyof S3UploaderOptions>

/** Props of `Uploader.Root`: the options of an uploader; whatever else a `<div>` takes goes to its element. */
export interface UploaderRootProps<Result = unknown>
  extends S3UploaderOptions<Result>,
    UploaderAppearance,
    ElementProps {
  /** Gets the button that opens the file dialog, so that a form library can focus it. */
  readonly triggerRef?: Ref<HTMLButtonElement> | undefined
}

/** A part whose callbacks get what the server's `onUploadComplete` returns, as the app says. */
type UploaderRootPart = <Result = unknown>(
  props: UploaderRootProps<Result> & RefAttributes<HTMLDivElement>,
) => ReactNode

/**
 * Gives the parts inside it their uploader, takes what is dropped or pasted into it, and renders what is not seen: the file
 * input, the form fields and the live region. Renders a `<div>` that is a group.
 *
 * @throws As `useS3Uploader`; where the browser is too old, it says so in place of its children.
 * @example
 * <Uploader.Root endpoint="/api/s3" label="Photos">
 *   <Uploader.Trigger />
 *   <Uploader.List />
 * </Uploader.Root>
 */
export const UploaderRoot = forwardRef<HTMLDivElement, UploaderRootProps>(
  function UploaderRoot(props, elementRef) {
    const [options, others] = splitProps(optionTable, props)
    const { theme = 'auto', density = 'comfortable', ...appearance } = others
    const { label, classNames, icons, unstyled = false, triggerRef, ...given } = appearance
    const language = languageProps(localeOf(options))
    const error = unsupportedBrowser()
    if (error) {
      const { id, className, style } = given
      const state = { ...noState, theme, density }
      const classes = [unstyled ? '' : 's3u', forState(className, state)].filter(Boolean)
      return (
        <div
          {...language}
          ref={elementRef}
          id={id}
          className={classes.join(' ')}
          style={forState(style, state)}
        >
          <UnsupportedBrowser error={error} options={options} isUnstyled={unstyled} />
        </div>
      )
    }
    const looks = { label, classNames, icons, unstyled, triggerRef }
    const element = { theme, density, given: { ...language, ...given }, elementRef }
    return <SupportedRoot {...element} options={options} looks={looks} />
  },
  // What the server answers is what its own hook returned: of which type, the app knows.
) as UploaderRootPart

const noState = {
  scheme: undefined,
  empty: true,
  dragging: false,
  disabled: false,
  readonly: false,
  invalid: false,
  offline: false,
  complete: false,
}

type Looks = Pick<
  UploaderContextValue,
  'label' | 'classNames' | 'icons' | 'unstyled' | 'triggerRef'
>

interface SupportedRootProps extends RootElementProps {
  readonly options: S3UploaderOptions
  readonly looks: Looks
}

function SupportedRoot({ options, looks, ...element }: SupportedRootProps) {
  const core = useUploaderCore(options, useUploaderSource(options))
  const root = useContextValue(options, core, looks)
  return (
    <UploaderProvider value={root}>
      <CoreProvider value={core}>
        <RootElement {...element} />
      </CoreProvider>
    </UploaderProvider>
  )
}

/** The same object as long as nothing in it has changed, so that rows render alone. */
function useContextValue(
  options: S3UploaderOptions,
  { uploads, actions }: UploaderCore,
  { classNames, ...looks }: Looks,
): UploaderContextValue {
  const { name, disabled = false, readOnly = false, required = false } = options
  const [liveRegion] = useState(createLiveRegion)
  const hasFiles = useUploads(uploads, ({ ids }) => ids.length > 0)
  const texts = useLocaleTexts(useStable(localeOf(options)), hasFiles)
  return useShallowStable({
    ...texts,
    uploads,
    actions,
    liveRegion,
    name,
    disabled,
    readOnly,
    required,
    restrictions: useStable(restrictionsOf(options)),
    canStart: !isAutoUpload(options),
    id: useId(),
    classNames: useStable(classNames),
    ...looks,
  })
}
