'use client'

import {
  type ComponentPropsWithoutRef,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useMemo,
  useRef,
} from 'react'
import { unsupportedBrowser } from '../upload/errors/browser-support.js'
import { present, type UploaderDataAttributes } from './base/data-attributes.js'
import { joinRefs } from './base/merge-props.js'
import { useLanguage } from './base/useLanguage.js'
import { useScheme } from './base/useScheme.js'
import { useStable } from './base/useStable.js'
import { useKeptFocus } from './hooks/useKeptFocus.js'
import { type UseS3UploaderResult, useS3Uploader } from './hooks/useS3Uploader.js'
import { optionTable } from './options/option-table.js'
import type { S3UploaderOptions, UploaderAppearance } from './options/s3-uploader-options.js'
import { splitProps } from './options/split-options.js'
import { isAutoUpload, localeOf, restrictionsOf } from './options/uppy-options.js'
import { InterruptedList } from './parts/list/InterruptedList.js'
import { UploadList } from './parts/list/UploadList.js'
import { UploadListSummary } from './parts/list/UploadListSummary.js'
import { OfflineNotice } from './parts/notice/OfflineNotice.js'
import { RejectionNotice } from './parts/notice/RejectionNotice.js'
import { UnsupportedBrowser } from './parts/notice/UnsupportedBrowser.js'
import { Announcer } from './parts/root/Announcer.js'
import { type UploaderContextValue, UploaderProvider } from './parts/root/UploaderContext.js'
import { UploaderDropzone } from './parts/root/UploaderDropzone.js'
import { createAmountFormat } from './text/amount-format.js'
import { errorMessages } from './text/error-messages.js'
import { createExplain } from './text/explain.js'
import { behaviourMessages, displayMessages, languageProps } from './text/messages.js'
import { createTranslate, withSubstitutes } from './text/translate.js'

type ElementProps = Omit<ComponentPropsWithoutRef<'div'>, keyof S3UploaderOptions>

/** Props of `S3Uploader`; whatever else a `<div>` takes goes to the outermost element. */
export interface S3UploaderProps<Result = unknown>
  extends S3UploaderOptions<Result>,
    UploaderAppearance,
    ElementProps {}

/** A component whose callbacks get what the server's `onUploadComplete` returns, as the app says: `<S3Uploader<Result> …>`. */
type S3UploaderComponent = <Result = unknown>(
  props: S3UploaderProps<Result> & RefAttributes<HTMLDivElement>,
) => ReactNode

/**
 * Takes files by drop, paste or dialog, uploads them straight to S3 and shows how that goes.
 *
 * Renders a `<div>`. Its looks come with `s3-direct-upload/styles.css`.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" accept="image/*,.pdf" maxFileSize="5GB" name="attachments" />
 */
export const S3Uploader = forwardRef<HTMLDivElement, S3UploaderProps>(
  function S3Uploader(props, givenRef) {
    const problem = unsupportedBrowser()
    if (!problem) return <SupportedUploader {...props} ref={givenRef} />
    const { id, className = '', style } = props
    const locale = localeOf(props)
    return (
      <div
        ref={givenRef}
        id={id}
        className={`s3u ${className}`}
        style={style}
        {...languageProps(locale)}
      >
        <UnsupportedBrowser error={problem} locale={locale} />
      </div>
    )
  },
  // What the server answers is what its own hook returned: of which type, the app knows.
) as S3UploaderComponent

const SupportedUploader = forwardRef<HTMLDivElement, S3UploaderProps>(
  function SupportedUploader(props, givenRef) {
    const [options, { theme = 'auto', className, children, ...elementProps }] = splitProps(
      optionTable,
      props,
    )
    const uploader = useS3Uploader(options)
    const { ids, summary, rejected, interrupted, isDraggingOver } = uploader
    const context = useContextValue(options, uploader)
    const root = useRef<HTMLDivElement>(null)
    useKeptFocus(root, ids.length + rejected.length + interrupted.length > 0)

    const state: UploaderDataAttributes = {
      'data-theme': theme,
      'data-scheme': useScheme(root, theme),
      'data-empty': present(ids.length === 0),
    }
    const rootProps = {
      ...languageProps(localeOf(options)),
      ...elementProps,
      ...state,
      ref: useMemo(() => joinRefs(root, givenRef), [givenRef]),
      className: className ? `s3u ${className}` : 's3u',
    }
    return (
      <UploaderProvider value={context}>
        <div {...uploader.getDropzoneProps(rootProps)}>
          <UploaderDropzone
            triggerProps={uploader.getTriggerProps()}
            inputProps={uploader.getInputProps()}
            isDraggingOver={isDraggingOver}
            restrictions={restrictionsOf(options)}
            validationMessage={uploader.validationMessage}
          />
          {summary.offline > 0 && <OfflineNotice />}
          {rejected.length > 0 && <RejectionNotice rejected={rejected} />}
          {interrupted.length > 0 && <InterruptedList interrupted={interrupted} />}
          {ids.length > 0 && (
            <UploadListSummary summary={summary} canStart={!isAutoUpload(options)} />
          )}
          {ids.length > 0 && <UploadList ids={ids} />}
          <Announcer />
          {children}
        </div>
      </UploaderProvider>
    )
  },
)

/** The same object as long as nothing in it has changed, so that rows render alone. */
function useContextValue(
  options: S3UploaderOptions,
  uploader: UseS3UploaderResult,
): UploaderContextValue {
  const { name } = options
  const { uploads, actions, disabled } = uploader
  const locale = useStable(localeOf(options))
  const language = useLanguage(locale)
  const texts = useMemo(() => {
    const format = createAmountFormat(language)
    const english = { ...behaviourMessages, ...displayMessages }
    const translate = createTranslate(withSubstitutes(locale), english, format)
    return { translate, explain: createExplain(locale, errorMessages), format }
  }, [locale, language])
  return useMemo(
    () => ({ uploads, actions, ...texts, disabled, name }),
    [uploads, actions, texts, disabled, name],
  )
}
