import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  BucketRecord,
  MultipartRecord,
  PartRecord,
  StoredState,
} from '../../s3/model/storage.js'
import { type DiskLayout, partSuffix } from './disk-layout.js'
import { foldersIn, namesIn, readJson, requireNoLink } from './files.js'
import type { ObjectFiles } from './object-files.js'
import type { ObjectPaths } from './object-paths.js'
import { readPartRecord } from './part-file.js'
import type { RecordJournal, SavedObject } from './record-journal.js'

/** What is known of the files of a bucket. */
export interface BucketFiles {
  readonly paths: ObjectPaths
  readonly journal: RecordJournal
  readonly files: ObjectFiles
}

type StoredBucket = StoredState['buckets'][number]

/**
 * Reads what an earlier run left, finishes its changes, and removes the rest.
 *
 * @throws Error when there is a link where the test S3 keeps its own files.
 */
export async function loadState(
  layout: DiskLayout,
  filesOf: (bucket: string) => BucketFiles,
): Promise<StoredState> {
  const { directory, records, incoming } = layout
  for (const folder of [records, incoming]) await requireNoLink(directory, folder)
  await mkdir(incoming, { recursive: true })
  const buckets: StoredBucket[] = []
  for (const name of await foldersIn(records)) {
    const record = await readJson<BucketRecord>(layout.bucketRecord(name))
    if (record) buckets.push(await loadBucket(layout, record, filesOf(name)))
    else await rm(layout.bucketRecords(name), { recursive: true, force: true })
  }
  // Only now, because some of it belonged to objects.
  for (const name of await namesIn(incoming)) {
    await rm(layout.incomingFile(name), { recursive: true, force: true })
  }
  return { buckets }
}

/**
 * Refuses a directory in which objects could replace files of others.
 *
 * @throws Error when it is not empty and no test S3 has used it, or when a link stands in place of our folder.
 */
export async function requireOwnDirectory({ directory, hidden }: DiskLayout): Promise<void> {
  await requireNoLink(directory, hidden)
  const names = await namesIn(directory)
  const isOurs = (await namesIn(hidden)).length > 0
  if (isOurs || names.every((name) => name.startsWith('.'))) return
  throw new Error(
    `s3-direct-upload: the directory "${directory}" holds other files, which objects could replace. ` +
      'Name an empty directory, or one that a test S3 has used before.',
  )
}

async function loadBucket(
  layout: DiskLayout,
  record: BucketRecord,
  { paths, journal, files }: BucketFiles,
): Promise<StoredBucket> {
  const { name: bucket } = record
  await requireNoLink(layout.directory, layout.bucketFolder(bucket))
  const { objects: saved, removed, completedUploads } = await journal.load()
  for (const { record, path } of saved) paths.restore(record.key, path)
  for (const object of removed) {
    if (!paths.isTaken(object.path)) await files.finishRemoval(object)
  }
  const objects: SavedObject[] = []
  for (const one of saved) {
    const object = await files.finishMove(one, paths)
    if (await files.has(object)) objects.push(object)
    // The file was removed by hand, and with it the object.
    else paths.remove(object.record.key)
  }
  for (const uploadId of completedUploads) {
    await rm(layout.upload({ bucket, uploadId }), { recursive: true, force: true })
  }
  await journal.rewrite(objects, layout.newIncomingFile())
  return {
    record,
    objects: objects.map(({ record }) => record),
    uploads: await loadUploads(layout, bucket),
  }
}

async function loadUploads(layout: DiskLayout, bucket: string): Promise<StoredBucket['uploads']> {
  const uploads: { record: MultipartRecord; parts: readonly PartRecord[] }[] = []
  for (const uploadId of await foldersIn(layout.uploads(bucket))) {
    const record = await readJson<MultipartRecord>(layout.uploadRecord({ bucket, uploadId }))
    const folder = layout.upload({ bucket, uploadId })
    if (record) uploads.push({ record, parts: await loadParts(folder) })
    else await rm(folder, { recursive: true, force: true })
  }
  return uploads
}

async function loadParts(folder: string): Promise<readonly PartRecord[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(partSuffix))
  const parts: PartRecord[] = []
  for (const name of names) {
    const part = await readPartRecord(join(folder, name))
    if (part) parts.push(part)
  }
  return parts
}
