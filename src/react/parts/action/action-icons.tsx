import type { ItemAction } from '../../context/item-actions.js'
import { CloseIcon, PauseIcon, ResumeIcon, RetryIcon } from '../elements/icons.js'

/** The icons of what can be done with one file. */
export const actionIcons = {
  pause: PauseIcon,
  resume: ResumeIcon,
  retry: RetryIcon,
  remove: CloseIcon,
} as const satisfies Record<ItemAction, typeof CloseIcon>
