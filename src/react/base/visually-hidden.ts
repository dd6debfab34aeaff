import type { CSSProperties } from 'react'

/** As `.s3u-announcer`: what must be there for browsers and screen readers, and must not be seen, with or without a style sheet. */
export const visuallyHidden: CSSProperties = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}
