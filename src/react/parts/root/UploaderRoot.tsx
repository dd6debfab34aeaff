'use client'

import {
  forwardRef,
  type ReactNode,
  type Ref,
  type RefAttributes,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { unsupportedBrowser } from '../../../upload/errors/browser-support.js'
import type { RootState } from '../../base/data-attributes.js'
import { joinRefs } from '../../base/merge-props.js'
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
import { fieldIds } from '../../hooks/form/field-ids.js'
import { useLabelText } from '../../hooks/form/useLabelText.js'
import {
  type UploaderCore,
  useUploaderCore,
  useUploaderSource,
} from '../../hooks/useUploaderCore.js'
import { useUploads } from '../../hooks/useUploads.js'
import { optionTable } from '../../options/option-table.js'
import type {
  AnyUppy,
  S3UploaderOptions,
  UploaderAppearance,
} from '../../options/s3-uploader-options.js'
import { splitProps } from '../../options/split-options.js'
import { isAutoUpload, localeOf, restrictionsOf } from '../../options/uppy-options.js'
import { languageProps } from '../../text/messages.js'
import { RootElement, type RootElementProps } from './RootElement.js'
import { UnsupportedBrowser } from './UnsupportedBrowser.js'

/** What a `<div>` takes in vain here: it has no value, and the app hears of files by other names. */
type UselessProps =
  | 'defaultChecked'
  | 'onBeforeInput'
  | 'onChange'
  | 'onError'
  | 'onInput'
  | 'onInvalid'
  | 'onLoad'
  | 'onReset'
  | 'onSelect'
  | 'onSubmit'

type ElementProps = Omit<PartProps<'div', RootState>, keyof S3UploaderOptions | UselessProps>

/** Either is needed: where files are signed, or an instance that knows it. */
type UploaderOrigin =
  | { readonly endpoint: string; readonly uppy?: AnyUppy | undefined }
  | { readonly endpoint?: undefined; readonly uppy: AnyUppy }

/** Props of `Uploader.Root`: the options of an uploader; whatever else a `<div>` takes goes to its element. */
export type UploaderRootProps<Result = unknown> = UploaderOrigin & UploaderProps<Result>

interface UploaderProps<Result>
  extends Omit<S3UploaderOptions<Result>, keyof UploaderOrigin>,
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
    const {
      label,
      error: problem,
      classNames,
      icons,
      unstyled = false,
      showVerified,
      triggerRef,
      ...rest
    } = appearance
    const { id, 'aria-describedby': describedBy, ...given } = rest
    const language = languageProps(localeOf(options))
    const error = unsupportedBrowser()
    if (error) {
      const { className, style } = given
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
    const texts = { label, error: problem, showVerified, describedBy }
    const looks = { ...texts, classNames, icons, unstyled, triggerRef }
    const element = { theme, density, given: { ...language, ...given }, elementRef }
    return <SupportedRoot {...element} options={options} looks={looks} triggerId={id} />
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
  | 'label'
  | 'error'
  | 'classNames'
  | 'icons'
  | 'unstyled'
  | 'showVerified'
  | 'triggerRef'
  | 'describedBy'
>

interface SupportedRootProps extends RootElementProps {
  readonly options: S3UploaderOptions
  readonly looks: Looks
  readonly triggerId: string | undefined
}

function SupportedRoot({ options, looks, triggerId, ...element }: SupportedRootProps) {
  const ids = useStable(fieldIds(useId(), triggerId))
  const core = useUploaderCore(options, useUploaderSource(options), ids)
  const { given } = element
  const [trigger, triggerRef] = useOwnRef(looks.triggerRef)
  const names = useStable({
    'aria-label': given['aria-label'],
    'aria-labelledby': given['aria-labelledby'],
    labelText: useLabelText(trigger),
  })
  const root = useContextValue(options, core, { ...looks, ids, names, triggerRef })
  return (
    <UploaderProvider value={root}>
      <CoreProvider value={core}>
        <RootElement {...element} />
      </CoreProvider>
    </UploaderProvider>
  )
}

/** A ref of our own beside one of the app. */
function useOwnRef<Element>(given: Ref<Element> | undefined) {
  const own = useRef<Element>(null)
  const both = useMemo(() => (given ? joinRefs(own, given) : own), [given])
  return [own, both] as const
}

/** The same object as long as nothing in it has changed, so that rows render alone. */
function useContextValue(
  options: S3UploaderOptions,
  { uploads, actions, disabled }: UploaderCore,
  { classNames, ...looks }: Looks & Pick<UploaderContextValue, 'ids' | 'names'>,
): UploaderContextValue {
  const { name, value, defaultValue, onValueChange } = options
  const { readOnly = false, required = false } = options
  const [liveRegion] = useState(createLiveRegion)
  const [notices] = useState(() => ({ shown: 0 }))
  const hasFiles = useUploads(uploads, ({ ids }) => ids.length > 0)
  const texts = useLocaleTexts(useStable(localeOf(options)), hasFiles)
  return useShallowStable({
    ...texts,
    uploads,
    actions,
    liveRegion,
    notices,
    name,
    isField: [name, value, defaultValue, onValueChange].some(Boolean),
    disabled,
    readOnly,
    required,
    restrictions: useStable(restrictionsOf(options)),
    canStart: !isAutoUpload(options),
    classNames: useStable(classNames),
    ...looks,
  })
}
