import type { ComponentPropsWithoutRef } from 'react'

/** A picture, 24 × 24 and of one line, that says nothing the text beside it does not. */
export function iconOf(path: string, props?: ComponentPropsWithoutRef<'svg'>) {
  return (
    <svg
      className="s3u-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...props}
    >
      <path d={path} />
    </svg>
  )
}
