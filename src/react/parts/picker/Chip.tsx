'use client'

import { useClassNames } from '../../context/usePart.js'
import { UploaderAction } from '../action/UploaderAction.js'
import { UploaderItem } from '../item/UploaderItem.js'
import { UploaderItemProblem } from '../item/UploaderItemProblem.js'
import { UploaderName } from '../item/UploaderName.js'
import { UploaderPicture } from '../item/UploaderPicture.js'
import { ChipShare } from './ChipShare.js'

/** One file on a single short line. Renders an `<li>`. */
export function Chip({ id }: { readonly id: string }) {
  const classOf = useClassNames()
  return (
    <UploaderItem id={id}>
      <UploaderPicture />
      <UploaderName />
      <ChipShare />
      <span className={classOf('s3u-item-actions')}>
        <UploaderAction action="retry" />
        <UploaderAction action="download" />
        <UploaderAction action="remove" />
      </span>
      <UploaderItemProblem />
    </UploaderItem>
  )
}
