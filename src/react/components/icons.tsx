import type { ReactNode } from 'react'

/** The outline of a 24 × 24 picture that says nothing the text beside it does not. */
function Icon({ children }: { readonly children: ReactNode }) {
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
    >
      {children}
    </svg>
  )
}

export function UploadIcon() {
  return (
    <Icon>
      <path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15.5v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2" />
    </Icon>
  )
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m5.5 12.5 4.2 4.2 8.8-9.2" />
    </Icon>
  )
}

export function AlertIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.75v5M12 16.1v.15" />
    </Icon>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m7 7 10 10M17 7 7 17" />
    </Icon>
  )
}

export function RetryIcon() {
  return (
    <Icon>
      <path d="M19 12a7 7 0 1 1-2.2-5.1L19 9M19 4.5V9h-4.5" />
    </Icon>
  )
}

export function PauseIcon() {
  return (
    <Icon>
      <path d="M9 6.5v11M15 6.5v11" />
    </Icon>
  )
}

export function ResumeIcon() {
  return (
    <Icon>
      <path d="M8.5 6v12l9.5-6z" />
    </Icon>
  )
}

/** The kind of a file: picture, film, sound, or a page for everything else. */
export function FileIcon({ type }: { readonly type: string }) {
  const [kind] = type.split('/')
  if (kind === 'image') return <ImageIcon />
  if (kind === 'video') return <VideoIcon />
  return kind === 'audio' ? <AudioIcon /> : <PageIcon />
}

function ImageIcon() {
  return (
    <Icon>
      <rect x="4" y="5" width="16" height="14" rx="2" />
      <circle cx="9" cy="10" r="1.4" />
      <path d="m4.5 17 4.3-3.8 2.9 2.5 4-4.2 3.8 3.6" />
    </Icon>
  )
}

function VideoIcon() {
  return (
    <Icon>
      <rect x="4" y="5" width="16" height="14" rx="2" />
      <path d="m10.25 9.25 4.75 2.75-4.75 2.75z" />
    </Icon>
  )
}

function AudioIcon() {
  return (
    <Icon>
      <path d="M9.5 17.25v-10.5l8.5-1.75v10.25" />
      <circle cx="7.25" cy="17.25" r="2.25" />
      <circle cx="15.75" cy="15.25" r="2.25" />
    </Icon>
  )
}

function PageIcon() {
  return (
    <Icon>
      <path d="M13.5 4H8a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8.5zM13.5 4v4.5H18M9.5 13h5M9.5 16h3" />
    </Icon>
  )
}
