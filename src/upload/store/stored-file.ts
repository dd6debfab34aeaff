/** A file that is in the bucket, as an entry of a field's value: uploaded here, or stored before. */
export interface StoredFile<Response = unknown> {
  /** The object key, which tells it apart from all others. */
  readonly key: string
  readonly name: string
  /** Size in bytes. @default not shown */
  readonly size?: number | undefined
  /** Media type, such as `image/png`. @default not known */
  readonly type?: string | undefined
  /** What your server verifies; only a file that was uploaded here has one. */
  readonly receipt?: string | undefined
  /** Where the file can be seen and downloaded. @default the endpoint is asked for a URL, if it allows downloads */
  readonly href?: string | undefined
  /** URL of a small picture of it. */
  readonly thumbnail?: string | undefined
  /** What the server's `onUploadComplete` returned. */
  readonly response?: Response | undefined
}

/** What has gone wrong with a stored file, in a code that has a sentence. */
interface StoredFileProblem {
  readonly code: string
  readonly message: string
}

/** The state of a file that was in the bucket before it came into the list. */
export interface StoredFileState {
  readonly status: 'stored'
  readonly stored: StoredFile
  /** Whether it is on its way out of the list: the app is deleting it. */
  readonly isRemoving?: boolean | undefined
  /** Whether the app itself takes it from the list: no user has removed it. */
  readonly isReleased?: boolean | undefined
  /** Why it could not be removed or downloaded. */
  readonly problem?: StoredFileProblem | undefined
}

/** Whether nothing that is shown or sent of a stored file differs. */
export function isSameStoredFile(a: StoredFile, b: StoredFile): boolean {
  return (
    a.key === b.key &&
    a.name === b.name &&
    a.size === b.size &&
    a.type === b.type &&
    a.receipt === b.receipt &&
    a.href === b.href &&
    a.thumbnail === b.thumbnail
  )
}
