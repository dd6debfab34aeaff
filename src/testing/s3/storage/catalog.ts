import type {
  BucketRecord,
  MultipartRecord,
  ObjectRecord,
  OpenBody,
  PartRecord,
  TestS3Storage,
  UnpublishedBody,
} from '../model/storage.js'
import {
  type CatalogBucket,
  type CatalogMultipart,
  noSuchBucket,
  noSuchUpload,
} from './catalog-bucket.js'
import { createKeyedLock } from './keyed-lock.js'

/** Looks at what stands under a key now, and throws when it may not be replaced. */
export type CommitCondition = (current: ObjectRecord | undefined) => void

/** What goes with an object that is published. */
interface PutSettings {
  readonly condition?: CommitCondition
  readonly upload?: CatalogMultipart
}

/** All records of a test S3, in step with its storage. */
export class Catalog {
  readonly #storage: TestS3Storage
  readonly #lock = createKeyedLock()
  readonly #buckets = new Map<string, CatalogBucket>()

  constructor(storage: TestS3Storage) {
    this.#storage = storage
  }

  /** Takes over what the storage holds, and makes the buckets that it lacks. */
  async load(wanted: readonly BucketRecord[]): Promise<void> {
    for (const { record, objects, uploads } of (await this.#storage.load()).buckets) {
      const bucket = this.#add(record)
      for (const object of objects) bucket.objects.set(object.key, object)
      for (const { record: upload, parts } of uploads) {
        const byNumber = new Map(parts.map((part) => [part.partNumber, part]))
        bucket.uploads.set(upload.uploadId, { record: upload, parts: byNumber })
      }
    }
    for (const record of wanted) {
      const { createdAt = record.createdAt, ...earlier } = this.bucket(record.name)?.record ?? {}
      await this.saveBucket({ ...earlier, ...record, createdAt })
    }
  }

  /** Removes everything. */
  async clear(): Promise<void> {
    for (const bucket of [...this.#buckets.values()]) {
      for (const key of [...bucket.objects.keys()]) await this.deleteObject(bucket, key)
      await this.removeBucket(bucket)
    }
  }

  buckets(): readonly CatalogBucket[] {
    return [...this.#buckets.values()]
  }

  bucket(name: string): CatalogBucket | undefined {
    return this.#buckets.get(name)
  }

  /** @throws TypeError when there is no such bucket. */
  requireBucket(name: string): CatalogBucket {
    const bucket = this.bucket(name)
    if (bucket) return bucket
    throw new TypeError(`s3-direct-upload: the test S3 has no bucket "${name}".`)
  }

  /** Makes the bucket, or replaces its record. */
  saveBucket(record: BucketRecord): Promise<void> {
    return this.#lockBucket(record.name, async () => {
      await this.#storage.saveBucket(record)
      const bucket = this.#buckets.get(record.name)
      if (bucket) bucket.record = record
      else this.#add(record)
    })
  }

  /** Changes the record of a bucket, one change after the other. */
  changeBucket(
    bucket: CatalogBucket,
    change: (record: BucketRecord) => BucketRecord,
  ): Promise<void> {
    return this.#lockBucket(bucket.record.name, async () => {
      this.#requireThere(bucket)
      const record = change(bucket.record)
      await this.#storage.saveBucket(record)
      bucket.record = record
    })
  }

  /** Removes a bucket that has no objects, with its unfinished uploads. */
  removeBucket(bucket: CatalogBucket): Promise<void> {
    const { name } = bucket.record
    // At once, so that nothing gets into it meanwhile.
    this.#buckets.delete(name)
    return this.#lockBucket(name, async () => {
      await this.#storage.removeBucket(name)
      for (const upload of [...bucket.uploads.values()]) await this.removeUpload(bucket, upload)
    })
  }

  /**
   * Publishes an object, unless the condition throws; either way the body is used up.
   *
   * An `upload` that has become the object ends with it.
   */
  async putObject(
    bucket: CatalogBucket,
    record: ObjectRecord,
    body: UnpublishedBody,
    { condition = () => {}, upload }: PutSettings = {},
  ): Promise<void> {
    const { name } = bucket.record
    try {
      await this.#lock(`${name}/${record.key}`, async () => {
        condition(bucket.objects.get(record.key))
        await this.#arrive(bucket, async () => {
          await this.#storage.publishObject(name, record, body, upload?.record)
          if (!bucket.objects.has(record.key)) bucket.sortedKeys = undefined
          bucket.objects.set(record.key, record)
          if (upload) bucket.uploads.delete(upload.record.uploadId)
        })
      })
    } catch (error) {
      await body.discard()
      throw error
    }
  }

  /** Gives an object other tags; `false` when there is no such object. */
  saveTags(bucket: CatalogBucket, key: string, tags: ObjectRecord['tags']): Promise<boolean> {
    const { name } = bucket.record
    return this.#lock(`${name}/${key}`, async () => {
      const current = bucket.objects.get(key)
      if (!current) return false
      const { tags: _, ...untagged } = current
      const record: ObjectRecord = tags ? { ...untagged, tags } : untagged
      await this.#storage.saveObject(name, record)
      bucket.objects.set(key, record)
      return true
    })
  }

  /** Removes an object, unless the condition throws. */
  deleteObject(
    bucket: CatalogBucket,
    key: string,
    condition: CommitCondition = () => {},
  ): Promise<void> {
    const { name } = bucket.record
    return this.#lock(`${name}/${key}`, async () => {
      condition(bucket.objects.get(key))
      if (!bucket.objects.has(key)) return
      await this.#storage.removeObject(name, key)
      bucket.objects.delete(key)
      bucket.sortedKeys = undefined
    })
  }

  /** Opens an object, so that record and bytes are of the same version; `inspect` may refuse before. */
  openObject<T>(
    bucket: CatalogBucket,
    key: string,
    inspect: (record: ObjectRecord) => T,
  ): Promise<{ record: ObjectRecord; body: OpenBody; inspected: T } | undefined> {
    const { name } = bucket.record
    return this.#lock(`${name}/${key}`, async () => {
      const record = bucket.objects.get(key)
      if (!record) return undefined
      const inspected = inspect(record)
      const body = await this.#storage.openObject(name, key)
      return body && { record, body, inspected }
    })
  }

  async createUpload(bucket: CatalogBucket, record: MultipartRecord): Promise<void> {
    await this.#arrive(bucket, async () => {
      await this.#storage.saveUpload(record)
      bucket.uploads.set(record.uploadId, { record, parts: new Map() })
    })
  }

  /** Publishes a part, unless its upload has ended meanwhile; either way the body is used up. */
  async putPart(
    bucket: CatalogBucket,
    upload: CatalogMultipart,
    part: PartRecord,
    body: UnpublishedBody,
  ): Promise<void> {
    try {
      await this.whileOpen(bucket, upload.record.uploadId, async () => {
        await this.#storage.publishPart(upload.record, part, body)
        upload.parts.set(part.partNumber, part)
      })
    } catch (error) {
      await body.discard()
      throw error
    }
  }

  /** Runs a task while nothing else happens to the upload; refuses when it has ended. */
  whileOpen<T>(bucket: CatalogBucket, uploadId: string, task: () => Promise<T>): Promise<T> {
    return this.#lock(`upload ${uploadId}`, async () => {
      if (bucket.uploads.has(uploadId)) return task()
      throw noSuchUpload(uploadId)
    })
  }

  async removeUpload(bucket: CatalogBucket, { record }: CatalogMultipart): Promise<void> {
    bucket.uploads.delete(record.uploadId)
    await this.#storage.removeUpload(record)
  }

  /** Runs what puts something into the bucket, which cannot be removed meanwhile. */
  async #arrive(bucket: CatalogBucket, task: () => Promise<void>): Promise<void> {
    this.#requireThere(bucket)
    bucket.arriving += 1
    try {
      await task()
    } finally {
      bucket.arriving -= 1
    }
  }

  #requireThere(bucket: CatalogBucket): void {
    const { name } = bucket.record
    if (this.#buckets.get(name) !== bucket) throw noSuchBucket(name)
  }

  #lockBucket<T>(name: string, task: () => Promise<T>): Promise<T> {
    return this.#lock(`bucket ${name}`, task)
  }

  #add(record: BucketRecord): CatalogBucket {
    const bucket: CatalogBucket = {
      record,
      objects: new Map(),
      uploads: new Map(),
      completed: new Map(),
      arriving: 0,
      sortedKeys: undefined,
    }
    this.#buckets.set(record.name, bucket)
    return bucket
  }
}
