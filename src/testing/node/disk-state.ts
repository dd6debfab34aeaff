import { dirname, join } from 'node:path'
import type { BucketRecord, PartRecord, StoredState, UploadRecord } from '../s3/storage.js'
import type { DiskLayout } from './disk-layout.js'
import { hasSize, namesIn, readJson } from './files.js'
import type { ObjectPaths } from './object-paths.js'
import type { RecordJournal, SavedObject } from './record-journal.js'

/** What is known of the files of a bucket. */
export interface BucketFiles {
  readonly paths: ObjectPaths
  readonly journal: RecordJournal
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
  { paths, journal }: BucketFiles,
): Promise<StoredState['buckets'][number]> {
  const objects: SavedObject[] = []
  for (const saved of await journal.load()) {
    const { record, path } = saved
    if (!(await hasSize(layout.objectFile(name, path), record.size))) continue
    paths.restore(record.key, path)
    objects.push(saved)
  }
  await journal.rewrite(objects, layout.newIncomingFile())
  const uploads = []
  for (const uploadId of await namesIn(layout.uploads(name))) {
    uploads.push(await loadUpload(join(layout.uploads(name), uploadId)))
  }
  return {
    record: await readJson<BucketRecord>(layout.bucketRecord(name)),
    objects: objects.map(({ record }) => record),
    uploads,
  }
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
