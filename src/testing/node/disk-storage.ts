import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type {
  BucketRecord,
  ObjectRecord,
  PartRecord,
  StoredState,
  TestS3Storage,
  UnpublishedBody,
  UploadRecord,
} from '../s3/storage.js'
import { DiskBody, DiskBodyWriter, joinFiles, openFile, renameInto } from './disk-body.js'
import { ObjectPaths } from './object-paths.js'

/** Beside the buckets; no bucket's name begins with a dot. */
const hiddenFolder = '.s3-direct-upload'

interface SavedObject {
  readonly record: ObjectRecord
  /** Of its file, relative to the bucket's folder. */
  readonly path: string
}

/**
 * Keeps objects as ordinary files, `<directory>/<bucket>/<key>`, and all else in a hidden folder beside them.
 *
 * A body is written to a file of its own first and renamed when it is complete.
 */
export class DiskStorage implements TestS3Storage {
  readonly #directory: string
  readonly #hidden: string
  readonly #incoming: string
  readonly #paths = new Map<string, ObjectPaths>()

  constructor(directory: string) {
    this.#directory = directory
    this.#hidden = join(directory, hiddenFolder)
    this.#incoming = join(this.#hidden, 'incoming')
  }

  /**
   * Reads what an earlier run left.
   *
   * @throws Error when the directory holds files that are not a test S3's.
   */
  async load(): Promise<StoredState> {
    await this.#requireOwnDirectory()
    await rm(this.#incoming, { recursive: true, force: true })
    await mkdir(this.#incoming, { recursive: true })
    const names = await namesIn(join(this.#hidden, 'buckets'))
    return { buckets: await Promise.all(names.map((name) => this.#loadBucket(name))) }
  }

  async saveBucket(record: BucketRecord): Promise<void> {
    if (!this.#paths.has(record.name)) this.#paths.set(record.name, new ObjectPaths())
    await mkdir(join(this.#directory, record.name), { recursive: true })
    await this.#saveJson(join(this.#bucketFolder(record.name), 'bucket.json'), record)
  }

  async removeBucket(name: string): Promise<void> {
    this.#paths.delete(name)
    await rm(this.#bucketFolder(name), { recursive: true, force: true })
    await removeEmptyFolder(join(this.#directory, name))
  }

  async writeBody(): Promise<DiskBodyWriter> {
    return new DiskBodyWriter(this.#incomingPath())
  }

  async publishObject(bucket: string, record: ObjectRecord, body: UnpublishedBody): Promise<void> {
    const path = this.#pathsOf(bucket).place(record.key)
    const file = join(this.#directory, bucket, path)
    await diskBody(body).publish(file, () => mkdir(dirname(file), { recursive: true }))
    await this.#saveJson(this.#recordPath(bucket, record.key), { record, path })
  }

  async openObject(bucket: string, key: string) {
    return (await openFile(this.#objectPath(bucket, key))).body
  }

  async removeObject(bucket: string, key: string): Promise<void> {
    const file = this.#objectPath(bucket, key)
    this.#pathsOf(bucket).remove(key)
    await rm(this.#recordPath(bucket, key), { force: true })
    await rm(file, { force: true })
    const bucketFolder = join(this.#directory, bucket)
    for (let folder = dirname(file); folder !== bucketFolder; folder = dirname(folder)) {
      if (!(await removeEmptyFolder(folder))) return
    }
  }

  async saveUpload(record: UploadRecord): Promise<void> {
    await this.#saveJson(join(this.#uploadFolder(record), 'upload.json'), record)
  }

  async publishPart(
    upload: UploadRecord,
    record: PartRecord,
    body: UnpublishedBody,
  ): Promise<void> {
    const file = this.#partPath(upload, record.partNumber)
    await diskBody(body).publish(file, () => mkdir(dirname(file), { recursive: true }))
    await this.#saveJson(`${file}.json`, record)
  }

  joinParts(
    upload: UploadRecord,
    partNumbers: readonly number[],
    onChunk?: (chunk: Uint8Array) => void,
  ): Promise<DiskBody> {
    const files = partNumbers.map((number) => this.#partPath(upload, number))
    return joinFiles(this.#incomingPath(), files, onChunk)
  }

  async removeUpload(upload: UploadRecord): Promise<void> {
    await rm(this.#uploadFolder(upload), { recursive: true, force: true })
  }

  async #requireOwnDirectory(): Promise<void> {
    const names = await namesIn(this.#directory)
    const isForeign = names.some((name) => !name.startsWith('.')) && !names.includes(hiddenFolder)
    if (!isForeign) return
    throw new Error(
      `s3-direct-upload: the directory "${this.#directory}" holds other files, which objects could replace. ` +
        'Name an empty directory, or one that a test S3 has used before.',
    )
  }

  async #loadBucket(name: string): Promise<StoredState['buckets'][number]> {
    const folder = this.#bucketFolder(name)
    const record = await readJson<BucketRecord>(join(folder, 'bucket.json'))
    const paths = new ObjectPaths()
    this.#paths.set(name, paths)
    const objects: ObjectRecord[] = []
    for (const file of await namesIn(join(folder, 'objects'))) {
      const saved = await readJson<SavedObject>(join(folder, 'objects', file))
      if (!(await hasSize(join(this.#directory, name, saved.path), saved.record.size))) continue
      paths.restore(saved.record.key, saved.path)
      objects.push(saved.record)
    }
    const uploads = await namesIn(join(folder, 'uploads'))
    return {
      record,
      objects,
      uploads: await Promise.all(uploads.map((id) => loadUpload(join(folder, 'uploads', id)))),
    }
  }

  /** Writes by renaming, like everything else: nobody sees half a record. */
  async #saveJson(path: string, value: unknown): Promise<void> {
    const incoming = this.#incomingPath()
    await writeFile(incoming, JSON.stringify(value))
    await renameInto(incoming, path, () => mkdir(dirname(path), { recursive: true }))
  }

  #pathsOf(bucket: string): ObjectPaths {
    const paths = this.#paths.get(bucket) ?? new ObjectPaths()
    this.#paths.set(bucket, paths)
    return paths
  }

  #objectPath(bucket: string, key: string): string {
    const path = this.#pathsOf(bucket).find(key)
    if (path === undefined) throw new Error(`s3-direct-upload: no file is known for "${key}".`)
    return join(this.#directory, bucket, path)
  }

  #recordPath(bucket: string, key: string): string {
    const name = createHash('sha256').update(key).digest('hex')
    return join(this.#bucketFolder(bucket), 'objects', `${name}.json`)
  }

  #incomingPath(): string {
    return join(this.#incoming, randomUUID())
  }

  #bucketFolder(bucket: string): string {
    return join(this.#hidden, 'buckets', bucket)
  }

  #uploadFolder({ bucket, uploadId }: UploadRecord): string {
    return join(this.#bucketFolder(bucket), 'uploads', uploadId)
  }

  #partPath(upload: UploadRecord, partNumber: number): string {
    return join(this.#uploadFolder(upload), `${partNumber}.part`)
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

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** A record of ours; what we wrote has the type we wrote. */
async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T
}

async function hasSize(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size
  } catch {
    // Somebody has removed the file by hand, and with it the object.
    return false
  }
}

/** Removes a folder unless something is in it. */
async function removeEmptyFolder(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch {
    // Not empty, or gone already.
    return false
  }
}

function diskBody(body: UnpublishedBody): DiskBody {
  if (body instanceof DiskBody) return body
  throw new TypeError('s3-direct-upload: this body was written to another storage.')
}
