import { dirname, join } from 'node:path'
import type {
  BucketRecord,
  ObjectRecord,
  PartRecord,
  StoredState,
  UploadRecord,
} from '../s3/storage.js'
import type { DiskLayout } from './disk-layout.js'
import { hasSize, namesIn, readJson } from './files.js'
import type { ObjectPaths } from './object-paths.js'

/** An object's record on disk. */
export interface SavedObject {
  readonly record: ObjectRecord
  /** Of its file, relative to the bucket's folder. */
  readonly path: string
}

/**
 * Checks that a directory is empty, or was used by a test S3 before.
 *
 * @throws Error when it holds files of others.
 */
export async function requireOwnDirectory({ directory, records }: DiskLayout): Promise<void> {
  const names = await namesIn(directory)
  const isOurs = (await namesIn(dirname(records))).length > 0
  if (isOurs || names.every((name) => name.startsWith('.'))) return
  throw new Error(
    `s3-direct-upload: the directory "${directory}" holds other files, which objects could replace. ` +
      'Name an empty directory, or one that a test S3 has used before.',
  )
}

/** Reads one bucket; whatever has lost its file is left out. */
export async function loadBucket(
  layout: DiskLayout,
  name: string,
  paths: ObjectPaths,
): Promise<StoredState['buckets'][number]> {
  const objects: ObjectRecord[] = []
  for (const file of await namesIn(layout.objectRecords(name))) {
    const { record, path } = await readJson<SavedObject>(join(layout.objectRecords(name), file))
    if (!(await hasSize(layout.objectFile(name, path), record.size))) continue
    paths.restore(record.key, path)
    objects.push(record)
  }
  const uploads = []
  for (const uploadId of await namesIn(layout.uploads(name))) {
    uploads.push(await loadUpload(join(layout.uploads(name), uploadId)))
  }
  return { record: await readJson<BucketRecord>(layout.bucketRecord(name)), objects, uploads }
}

async function loadUpload(folder: string) {
  const record = await readJson<UploadRecord>(join(folder, 'upload.json'))
  const parts: PartRecord[] = []
  for (const name of await namesIn(folder)) {
    if (!name.endsWith('.part.json')) continue
    const part = await readJson<PartRecord>(join(folder, name))
    if (await hasSize(join(folder, name.replace(/\.json$/, '')), part.size)) parts.push(part)
  }
  return { record, parts }
}
