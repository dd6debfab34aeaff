'use client'

import { forwardRef, type ReactNode, type RefAttributes } from 'react'
import { InterruptedList } from './parts/list/InterruptedList.js'
import { type RenderItem, UploaderList } from './parts/list/UploaderList.js'
import { UploaderNotices } from './parts/notice/UploaderNotices.js'
import { UploaderLabel } from './parts/root/UploaderLabel.js'
import { UploaderRoot, type UploaderRootProps } from './parts/root/UploaderRoot.js'
import { UploaderSummary } from './parts/summary/UploaderSummary.js'
import { TriggerIcon } from './parts/zone/TriggerIcon.js'
import { TriggerText } from './parts/zone/TriggerText.js'
import { UploaderDropzone } from './parts/zone/UploaderDropzone.js'
import { UploaderHint } from './parts/zone/UploaderHint.js'
import { UploaderProblem } from './parts/zone/UploaderProblem.js'
import { UploaderTrigger } from './parts/zone/UploaderTrigger.js'

/** Props of `S3Uploader`; whatever else a `<div>` takes goes to the outermost element. */
export type S3UploaderProps<Result = unknown> = UploaderRootProps<Result> & ListProps

interface ListProps {
  /** Makes the row of a file. @default an `Uploader.Item` */
  readonly renderItem?: RenderItem | undefined
  /** Comes last. */
  readonly children?: ReactNode
}

/** A component whose callbacks get what the server's `onUploadComplete` returns, as the app says: `<S3Uploader<Result> …>`. */
type S3UploaderComponent = <Result = unknown>(
  props: S3UploaderProps<Result> & RefAttributes<HTMLDivElement>,
) => ReactNode

/**
 * Takes files by drop, paste or dialog, uploads them straight to S3 and shows how that goes.
 *
 * Renders a `<div>`. Its looks come with `s3-direct-upload/styles.css`. It only arranges the parts of `Uploader`, which an app
 * can arrange in another way.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" accept="image/*,.pdf" maxFileSize="5GB" name="attachments" />
 */
export const S3Uploader = forwardRef<HTMLDivElement, S3UploaderProps>(
  function S3Uploader({ renderItem, children, ...props }, ref) {
    return (
      <UploaderRoot {...props} ref={ref}>
        <UploaderLabel />
        <UploaderDropzone>
          <UploaderTrigger>
            <TriggerIcon />
            <TriggerText />
            <UploaderHint render={<span />} aria-hidden />
          </UploaderTrigger>
          <UploaderTrigger source="folder" />
          <UploaderTrigger source="camera" />
          <UploaderProblem />
        </UploaderDropzone>
        <UploaderNotices />
        <InterruptedList />
        <UploaderSummary always />
        <UploaderList>{renderItem}</UploaderList>
        {children}
      </UploaderRoot>
    )
  },
  // What the server answers is what its own hook returned: of which type, the app knows.
) as S3UploaderComponent
