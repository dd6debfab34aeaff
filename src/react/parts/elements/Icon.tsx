'use client'

import type { ReactNode } from 'react'
import type { IconName } from '../../base/part-names.js'
import { useUploaderAround } from '../../context/UploaderContext.js'
import type { iconOf } from './icon-of.js'

interface IconProps {
  readonly name: IconName
  /** The icon that `icons` of the app may replace. */
  readonly usual: ReturnType<typeof iconOf>
}

/** An icon of the app, else ours. Renders an `<svg>`. */
export function Icon({ name, usual: Usual }: IconProps): ReactNode {
  const { icons, unstyled } = useUploaderAround() ?? {}
  const own = icons?.[name]
  if (own !== undefined) return own
  // Without our style sheet nothing else gives it a size.
  return unstyled ? <Usual className={undefined} width={20} height={20} /> : <Usual />
}
