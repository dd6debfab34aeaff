'use client'

import { forwardRef, type ReactNode, type RefAttributes } from 'react'
import { type RenderItem, UploaderList } from './parts/list/UploaderList.js'
import { UploaderNotices } from './parts/notice/UploaderNotices.js'
import { Chip } from './parts/picker/Chip.js'
import { PickerRoot } from './parts/picker/PickerRoot.js'
import { PickerTriggerIcon, PickerTriggerText } from './parts/picker/PickerTriggerText.js'
import type { UploaderRootProps } from './parts/root/UploaderRoot.js'
import { UploaderProblem } from './parts/zone/UploaderProblem.js'
import { UploaderTrigger } from './parts/zone/UploaderTrigger.js'

/** Props of `S3FilePicker`; whatever else a `<div>` takes goes to the outermost element. */
export type S3FilePickerProps<Result = unknown> = UploaderRootProps<Result> & PickerProps

interface PickerProps {
  /** How the files are shown: `'chips'` side by side on short lines, `'list'` in rows. @default 'chips' */
  readonly view?: 'chips' | 'list' | undefined
  /** Makes the entry of a file. @default by `view` */
  readonly renderItem?: RenderItem | undefined
  /** What the button says. @default "Choose files" in the language of the texts */
  readonly children?: ReactNode
}

/** A component whose callbacks get what the server's `onUploadComplete` returns, as the app says. */
type S3FilePickerComponent = <Result = unknown>(
  props: S3FilePickerProps<Result> & RefAttributes<HTMLDivElement>,
) => ReactNode

/**
 * A button that opens the file dialog, and what was chosen beside it: for a line of a form or the foot of a message.
 *
 * Files go straight to S3, as with `S3Uploader`, whose options it takes. It only arranges the parts of `Uploader`.
 *
 * @example
 * <S3FilePicker endpoint="/api/s3" name="attachments">Attach files</S3FilePicker>
 */
export const S3FilePicker = forwardRef<HTMLDivElement, S3FilePickerProps>(
  function S3FilePicker({ view = 'chips', renderItem, children, ...props }, ref) {
    const row = renderItem ?? (view === 'chips' ? ({ id }) => <Chip id={id} /> : undefined)
    return (
      <PickerRoot {...props} ref={ref} look="s3u-picker">
        <UploaderTrigger>
          <PickerTriggerIcon />
          <PickerTriggerText>{children}</PickerTriggerText>
        </UploaderTrigger>
        <UploaderList view={view}>{row}</UploaderList>
        <UploaderProblem />
        <UploaderNotices />
      </PickerRoot>
    )
  },
  // What the server answers is what its own hook returned: of which type, the app knows.
) as S3FilePickerComponent
