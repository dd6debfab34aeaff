import type { RawSignatures } from '../../server/sign-raw.js'

/** What a subject finds around it. */
export interface UploadEnvironment {
  /** Where the browser finds S3. */
  readonly s3Url: string
  /** Whether the package of this repository sends checksums; undefined leaves its default. */
  readonly checksum?: boolean | undefined
  /** For the hand-written loop alone. */
  readonly signatures?: RawSignatures | undefined
  /** To be called when a file is complete. */
  readonly onFileComplete: (file: Blob) => void
}

/** A way to upload: resolves at the last confirmed completion, rejects when a file was not uploaded. */
export type Upload = (files: readonly File[], environment: UploadEnvironment) => Promise<void>

/** What a page does when a user is about to choose a file. */
export type Approach = () => Promise<void>
