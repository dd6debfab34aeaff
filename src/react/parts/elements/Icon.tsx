'use client'

import type { ReactNode } from 'react'
import type { IconName } from '../../base/part-names.js'
import { useUploaderAround } from '../../context/UploaderContext.js'
import { iconOf } from './icon-of.js'
import { iconPaths } from './icons.js'

/** Without our style sheet nothing else gives it a size. */
const unstyledLook = { className: undefined, width: 20, height: 20 }

/** An icon of the app, else ours. Renders an `<svg>`. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  const { icons, unstyled } = useUploaderAround() ?? {}
  const own = icons?.[name]
  if (own !== undefined) return own
  return iconOf(iconPaths[name] ?? iconPaths.other, unstyled ? unstyledLook : undefined)
}
