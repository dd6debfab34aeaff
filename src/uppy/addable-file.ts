import type { Body, Meta, MinimalRequiredUppyFile } from '@uppy/core'

/** A file to add, with its path when it comes out of a folder. */
export interface AddableFile {
  readonly file: File
  /** Path within the folder, `/` between the segments. */
  readonly relativePath?: string | undefined
}

/** The form in which Uppy takes files. */
export function descriptorOf<M extends Meta, B extends Body>({
  file,
  relativePath,
}: AddableFile): MinimalRequiredUppyFile<M, B> {
  return {
    source: 's3-direct-upload',
    name: file.name,
    type: file.type,
    data: file,
    // Uppy keeps the path of a file within its folder among the metadata.
    meta: { relativePath: relativePath || undefined } as unknown as M,
  }
}

/**
 * Splits files into batches without duplicates, or what may be one.
 *
 * Uppy refuses a file it already has, with a message; within one batch it silently keeps the last instead.
 */
export function splitDuplicates(files: readonly AddableFile[]): AddableFile[][] {
  const batches: AddableFile[][] = []
  const seen = new Map<string, number>()
  for (const addable of files) {
    const identity = identityOf(addable)
    const repetition = seen.get(identity) ?? 0
    seen.set(identity, repetition + 1)
    const batch = batches[repetition] ?? []
    batch.push(addable)
    batches[repetition] = batch
  }
  return batches
}

/**
 * What two files have in common if Uppy takes them for one.
 *
 * Size and time would tell more apart, but for each a browser looks at the disk, which is slow with many files.
 */
function identityOf({ file: { name, type }, relativePath = '' }: AddableFile): string {
  return [name.toLowerCase(), relativePath.toLowerCase(), type].join('\n')
}
