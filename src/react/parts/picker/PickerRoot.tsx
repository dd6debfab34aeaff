'use client'

import { forwardRef, type ReactNode, type RefAttributes } from 'react'
import { forState } from '../../base/part-props.js'
import { UploaderRoot, type UploaderRootProps } from '../root/UploaderRoot.js'

/** Props of the root of a picker. */
type PickerRootProps = UploaderRootProps & {
  /** Its class beside that of every uploader. */
  readonly look: string
}

/** The root of a picker, which has a look of its own. Renders a `<div>` that is a group. */
export const PickerRoot = forwardRef<HTMLDivElement, PickerRootProps>(function PickerRoot(
  { look, className, ...props },
  ref,
) {
  const ours = props.unstyled ? undefined : look
  return (
    <UploaderRoot
      {...props}
      ref={ref}
      className={(state) =>
        [ours, forState(className, state)].filter(Boolean).join(' ') || undefined
      }
    />
  )
}) as (props: PickerRootProps & RefAttributes<HTMLDivElement>) => ReactNode
