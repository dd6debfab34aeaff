import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type {
  BucketRecord,
  ObjectRecord,
  OpenBody,
  PartRecord,
  StoredState,
  TestS3Storage,
  UnpublishedBody,
  UploadRecord,
} from '../s3/storage.js'
import { DiskBody, DiskBodyWriter, joinFiles, openFile } from './disk-body.js'
import { DiskLayout } from './disk-layout.js'
import { type BucketFiles, loadBucket, requireOwnDirectory } from './disk-state.js'
import { namesIn, removeEmptyFolder, removeEmptyFolders, renameInto } from './files.js'
import { ObjectPaths } from './object-paths.js'
import { RecordJournal } from './record-journal.js'

/**
 * Keeps objects as ordinary files, `<directory>/<bucket>/<key>`, and all else in a hidden folder beside them.
 *
 * A body is written to a file of its own first and renamed when it is complete.
 */
export class DiskStorage implements TestS3Storage {
  readonly #layout: DiskLayout
  readonly #buckets = new Map<string, BucketFiles>()

  constructor(directory: string) {
    this.#layout = new DiskLayout(directory)
  }

  /**
   * Reads what an earlier run left.
   *
   * @throws Error when the directory holds files that are not a test S3's.
   */
  async load(): Promise<StoredState> {
    const { records, incoming } = this.#layout
    await requireOwnDirectory(this.#layout)
    await rm(incoming, { recursive: true, force: true })
    await mkdir(incoming, { recursive: true })
    const buckets = []
    for (const name of await namesIn(records)) {
      buckets.push(await loadBucket(this.#layout, name, this.#filesOf(name)))
    }
    return { buckets }
  }

  async saveBucket(record: BucketRecord): Promise<void> {
    await mkdir(this.#layout.objectFile(record.name, ''), { recursive: true })
    await this.#saveJson(record, this.#layout.bucketRecord(record.name))
  }

  async removeBucket(name: string): Promise<void> {
    this.#buckets.delete(name)
    await rm(dirname(this.#layout.bucketRecord(name)), { recursive: true, force: true })
    await removeEmptyFolder(this.#layout.objectFile(name, ''))
  }

  async writeBody(): Promise<DiskBodyWriter> {
    return new DiskBodyWriter(this.#layout.newIncomingFile())
  }

  async publishObject(bucket: string, record: ObjectRecord, body: UnpublishedBody): Promise<void> {
    const { paths, journal } = this.#filesOf(bucket)
    const path = paths.place(record.key)
    await publishBody(body, this.#layout.objectFile(bucket, path))
    await journal.append({ record, path })
  }

  async saveObject(bucket: string, record: ObjectRecord): Promise<void> {
    const { paths, journal } = this.#filesOf(bucket)
    await journal.append({ record, path: paths.place(record.key) })
  }

  async openObject(bucket: string, key: string): Promise<OpenBody> {
    return (await openFile(this.#fileOf(bucket, key))).body
  }

  async removeObject(bucket: string, key: string): Promise<void> {
    const { paths, journal } = this.#filesOf(bucket)
    const file = this.#fileOf(bucket, key)
    await journal.append({ removed: key })
    await rm(file, { force: true })
    await removeEmptyFolders(dirname(file), dirname(this.#layout.objectFile(bucket, 'any')))
    // Only now may another key have the place.
    paths.remove(key)
  }

  async saveUpload(record: UploadRecord): Promise<void> {
    await this.#saveJson(record, this.#layout.uploadRecord(record))
  }

  async publishPart(
    upload: UploadRecord,
    record: PartRecord,
    body: UnpublishedBody,
  ): Promise<void> {
    await publishBody(body, this.#layout.partFile(upload, record.partNumber))
    await this.#saveJson(record, this.#layout.partRecord(upload, record.partNumber))
  }

  joinParts(
    upload: UploadRecord,
    partNumbers: readonly number[],
    onChunk?: (chunk: Uint8Array) => void,
  ): Promise<DiskBody> {
    const files = partNumbers.map((number) => this.#layout.partFile(upload, number))
    return joinFiles(this.#layout.newIncomingFile(), files, onChunk)
  }

  async removeUpload(upload: UploadRecord): Promise<void> {
    await rm(this.#layout.upload(upload), { recursive: true, force: true })
  }

  /** Written like everything else: nobody sees half a record. */
  async #saveJson(value: unknown, path: string): Promise<void> {
    const incoming = this.#layout.newIncomingFile()
    await writeFile(incoming, JSON.stringify(value))
    await renameInto(incoming, path, () => mkdir(dirname(path), { recursive: true }))
  }

  #filesOf(bucket: string): BucketFiles {
    const files = this.#buckets.get(bucket) ?? {
      paths: new ObjectPaths(),
      journal: new RecordJournal(this.#layout.objectRecords(bucket)),
    }
    this.#buckets.set(bucket, files)
    return files
  }

  #fileOf(bucket: string, key: string): string {
    const path = this.#filesOf(bucket).paths.find(key)
    if (path === undefined) throw new Error(`s3-direct-upload: no file is known for "${key}".`)
    return this.#layout.objectFile(bucket, path)
  }
}

async function publishBody(body: UnpublishedBody, file: string): Promise<void> {
  if (!(body instanceof DiskBody)) {
    throw new TypeError('s3-direct-upload: this body was written to another storage.')
  }
  await body.publish(file, () => mkdir(dirname(file), { recursive: true }))
}
