import type { FileKind } from '../../base/data-attributes.js'
import { iconOf } from './icon-of.js'

export const UploadIcon = iconOf(
  'M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15.5v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2',
)
export const CheckIcon = iconOf('m5.5 12.5 4.2 4.2 8.8-9.2')
export const AlertIcon = iconOf(
  'M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7.75v5M12 16.1v.15',
)
export const CloseIcon = iconOf('m7 7 10 10M17 7 7 17')
export const PauseIcon = iconOf('M9 6.5v11M15 6.5v11')
export const ResumeIcon = iconOf('M8.5 6v12l9.5-6z')
export const RetryIcon = iconOf('M19 12a7 7 0 1 1-2.2-5.1L19 9M19 4.5V9h-4.5')
export const PageIcon = iconOf(
  'M13.5 4H8a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8.5zM13.5 4v4.5H18M9.5 13h5M9.5 16h3',
)

const frame = 'M6 5h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z'

/** The icons of files; those of another kind are a page. */
export const iconsOfKinds: { readonly [Kind in FileKind]?: typeof PageIcon } = {
  image: iconOf(
    `${frame}M7.6 10a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0-2.8 0m-3.1 7 4.3-3.8 2.9 2.5 4-4.2 3.8 3.6`,
  ),
  video: iconOf(`${frame}M10.25 9.25l4.75 2.75-4.75 2.75z`),
  audio: iconOf(
    'M9.5 17.25V6.75L18 5v10.25m-13 2a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0m8.5-2a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0',
  ),
}
