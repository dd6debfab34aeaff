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
import { loadBucket, requireOwnDirectory, type SavedObject } from './disk-state.js'
import { namesIn, removeEmptyFolder, renameInto } from './files.js'
import { ObjectPaths } from './object-paths.js'

/**
 * Keeps objects as ordinary files, `<directory>/<bucket>/<key>`, and all else in a hidden folder beside them.
 *
 * A body is written to a file of its own first and renamed when it is complete.
 */
export class DiskStorage implements TestS3Storage {
  readonly #layout: DiskLayout
  readonly #paths = new Map<string, ObjectPaths>()

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
      buckets.push(await loadBucket(this.#layout, name, this.#pathsOf(name)))
    }
    return { buckets }
  }

  async saveBucket(record: BucketRecord): Promise<void> {
    await mkdir(this.#layout.objectFile(record.name, ''), { recursive: true })
    await this.#publishJson(await this.#writeJson(record), this.#layout.bucketRecord(record.name))
  }

  async removeBucket(name: string): Promise<void> {
    this.#paths.delete(name)
    await rm(dirname(this.#layout.bucketRecord(name)), { recursive: true, force: true })
    await removeEmptyFolder(this.#layout.objectFile(name, ''))
  }

  async writeBody(): Promise<DiskBodyWriter> {
    return new DiskBodyWriter(this.#layout.newIncomingFile())
  }

  async publishObject(bucket: string, record: ObjectRecord, body: UnpublishedBody): Promise<void> {
    const path = this.#pathsOf(bucket).place(record.key)
    const saved: SavedObject = { record, path }
    // Written before the body is visible, so that little is left to go wrong between the two.
    const json = await this.#writeJson(saved)
    await publishBody(body, this.#layout.objectFile(bucket, path))
    await this.#publishJson(json, this.#layout.objectRecord(bucket, record.key))
  }

  async openObject(bucket: string, key: string): Promise<OpenBody> {
    return (await openFile(this.#fileOf(bucket, key))).body
  }

  async removeObject(bucket: string, key: string): Promise<void> {
    const file = this.#fileOf(bucket, key)
    this.#pathsOf(bucket).remove(key)
    await rm(this.#layout.objectRecord(bucket, key), { force: true })
    await rm(file, { force: true })
    const root = dirname(this.#layout.objectFile(bucket, 'any'))
    for (let folder = dirname(file); folder !== root; folder = dirname(folder)) {
      if (!(await removeEmptyFolder(folder))) return
    }
  }

  async saveUpload(record: UploadRecord): Promise<void> {
    await this.#publishJson(await this.#writeJson(record), this.#layout.uploadRecord(record))
  }

  async publishPart(
    upload: UploadRecord,
    record: PartRecord,
    body: UnpublishedBody,
  ): Promise<void> {
    const json = await this.#writeJson(record)
    await publishBody(body, this.#layout.partFile(upload, record.partNumber))
    await this.#publishJson(json, this.#layout.partRecord(upload, record.partNumber))
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

  /** Writes a record where nobody looks, and returns the path. */
  async #writeJson(value: unknown): Promise<string> {
    const path = this.#layout.newIncomingFile()
    await writeFile(path, JSON.stringify(value))
    return path
  }

  async #publishJson(from: string, to: string): Promise<void> {
    await renameInto(from, to, () => mkdir(dirname(to), { recursive: true }))
  }

  #pathsOf(bucket: string): ObjectPaths {
    const paths = this.#paths.get(bucket) ?? new ObjectPaths()
    this.#paths.set(bucket, paths)
    return paths
  }

  #fileOf(bucket: string, key: string): string {
    const path = this.#pathsOf(bucket).find(key)
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
