import type { Body, Meta, MinimalRequiredUppyFile } from '@uppy/core'
import { mediaTypeOf } from '../../protocol/file-media-type.js'

/** A file to add, with its path when it comes out of a folder. */
export interface AddableFile {
  readonly file: File
  /** Path within the folder, `/` between the segments. */
  readonly relativePath?: string | undefined
}

/** How files are added. */
export interface AddOptions {
  /** Whether the first file that fits takes the place of all there are. @default false */
  readonly replace?: boolean | undefined
}

/** The form in which Uppy takes files. */
export function descriptorOf<M extends Meta, B extends Body>({
  file,
  relativePath,
}: AddableFile): MinimalRequiredUppyFile<M, B> {
  return {
    source: 's3-direct-upload',
    name: file.name,
    type: mediaTypeOf(file),
    data: file,
    // Uppy keeps the path of a file within its folder among the metadata.
    meta: { relativePath: relativePath || undefined } as unknown as M,
  }
}
