import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Runtime } from '../../../async/runtime.js'
import type {
  BucketRecord,
  MultipartRecord,
  ObjectRecord,
  OpenBody,
  PartRecord,
  StoredState,
  TestS3Storage,
  UnpublishedBody,
} from '../../s3/model/storage.js'
import { DirectoryLock } from './directory-lock.js'
import { DiskBody, DiskBodyWriter } from './disk-body.js'
import { DiskLayout } from './disk-layout.js'
import { type BucketFiles, loadState, requireOwnDirectory } from './disk-state.js'
import { removeEmptyFolder, removeFolder, renameInto, requireNoLink } from './files.js'
import { ObjectFiles } from './object-files.js'
import { ObjectPaths } from './object-paths.js'
import { joinPartFiles, partTrailer } from './part-file.js'
import { RecordJournal } from './record-journal.js'

/** How a directory is used. */
interface DiskStorageOptions {
  /** Whether the directory is kept from every other exclusive storage until `release`. @default false */
  readonly isExclusive?: boolean
}

/**
 * Keeps objects as ordinary files, `<directory>/<bucket>/<key>`, and all else in a hidden folder beside them.
 *
 * The process may end at any moment. Each change happens in one step, a line in a journal or one rename; what has
 * to follow it is done at the next start if it was not done at once. No link inside the directory is followed.
 */
export class DiskStorage implements TestS3Storage {
  readonly #layout: DiskLayout
  readonly #lock: DirectoryLock | undefined
  readonly #buckets = new Map<string, BucketFiles>()

  constructor(
    directory: string,
    runtime: Runtime,
    { isExclusive = false }: DiskStorageOptions = {},
  ) {
    this.#layout = new DiskLayout(directory, runtime)
    if (isExclusive) this.#lock = new DirectoryLock(this.#layout.lock, runtime)
  }

  /**
   * Reads what an earlier run left.
   *
   * @throws Error when the directory holds files that are not a test S3's or a link where there must be none, and,
   * for an exclusive storage, when another one uses it.
   */
  async load(): Promise<StoredState> {
    await requireOwnDirectory(this.#layout)
    await this.#lock?.acquire()
    return loadState(this.#layout, (bucket) => this.#filesOf(bucket))
  }

  /** Lets another test S3 use the directory. */
  async release(): Promise<void> {
    await this.#lock?.release()
  }

  async saveBucket(record: BucketRecord): Promise<void> {
    const folder = await this.#own(this.#layout.bucketFolder(record.name))
    await this.#saveJson(record, this.#layout.bucketRecord(record.name))
    await mkdir(folder, { recursive: true })
  }

  async removeBucket(name: string): Promise<void> {
    this.#buckets.delete(name)
    const records = await this.#own(this.#layout.bucketRecords(name))
    await removeEmptyFolder(this.#layout.bucketFolder(name))
    await removeFolder(records, this.#layout.newIncomingFile())
  }

  async writeBody(): Promise<DiskBodyWriter> {
    return new DiskBodyWriter(this.#layout.newIncomingFile())
  }

  async publishObject(
    bucket: string,
    record: ObjectRecord,
    body: UnpublishedBody,
    upload?: MultipartRecord,
  ): Promise<void> {
    const { paths, journal, files } = this.#filesOf(bucket)
    const ownBody = requireOwnBody(body)
    await ownBody.settle()
    const path = await files.place(paths, record.key)
    const incoming = ownBody.fileName
    await journal.append({ record, path, incoming, uploadId: upload?.uploadId })
    try {
      await publishBody(ownBody, files.pathOf(path))
    } catch (error) {
      await journal.append({ unmoved: incoming })
      throw error
    }
    if (upload) await leaveToNextStart(this.removeUpload(upload))
  }

  async saveObject(bucket: string, record: ObjectRecord): Promise<void> {
    await this.#filesOf(bucket).journal.append({ record, path: this.#pathOf(bucket, record.key) })
  }

  async openObject(bucket: string, key: string): Promise<OpenBody | undefined> {
    return this.#filesOf(bucket).files.open(this.#pathOf(bucket, key))
  }

  async removeObject(bucket: string, key: string): Promise<void> {
    const { paths, journal, files } = this.#filesOf(bucket)
    await journal.append({ removed: key })
    const isGone = await leaveToNextStart(files.remove(this.#pathOf(bucket, key)))
    // Only now may another key have the place.
    if (isGone) paths.remove(key)
  }

  async saveUpload(record: MultipartRecord): Promise<void> {
    await this.#saveJson(record, this.#layout.uploadRecord(record))
  }

  async publishPart(
    upload: MultipartRecord,
    record: PartRecord,
    body: UnpublishedBody,
  ): Promise<void> {
    const ownBody = requireOwnBody(body)
    const file = await this.#own(this.#layout.partFile(upload, record.partNumber))
    await ownBody.settle(partTrailer(record))
    await publishBody(ownBody, file)
  }

  async joinParts(
    upload: MultipartRecord,
    partNumbers: readonly number[],
    onChunk?: (chunk: Uint8Array) => void,
  ): Promise<DiskBody> {
    await this.#own(this.#layout.upload(upload))
    const files = partNumbers.map((number) => this.#layout.partFile(upload, number))
    return joinPartFiles(this.#layout.newIncomingFile(), files, onChunk)
  }

  async removeUpload(upload: MultipartRecord): Promise<void> {
    const folder = await this.#own(this.#layout.upload(upload))
    await removeFolder(folder, this.#layout.newIncomingFile())
  }

  /** Writes a record in one step, so that no reader sees half of it. */
  async #saveJson(value: unknown, path: string): Promise<void> {
    const incoming = this.#layout.newIncomingFile()
    await this.#own(path)
    await writeFile(incoming, JSON.stringify(value))
    await renameInto(incoming, path, () => mkdir(dirname(path), { recursive: true }))
  }

  /** The path, if no link leads there. */
  async #own(path: string): Promise<string> {
    await requireNoLink(this.#layout.directory, path)
    return path
  }

  #filesOf(bucket: string): BucketFiles {
    const files = this.#buckets.get(bucket) ?? {
      paths: new ObjectPaths(),
      journal: new RecordJournal(this.#layout.objectRecords(bucket)),
      files: new ObjectFiles(this.#layout, bucket),
    }
    this.#buckets.set(bucket, files)
    return files
  }

  #pathOf(bucket: string, key: string): string {
    const path = this.#filesOf(bucket).paths.find(key)
    if (path === undefined) throw new Error(`s3-direct-upload: no file is known for "${key}".`)
    return path
  }
}

/** Ends a change that is in the journal already; where that fails, the next start does it. */
async function leaveToNextStart(ending: Promise<void>): Promise<boolean> {
  try {
    await ending
    return true
  } catch {
    // The journal has it, so the request has not failed.
    return false
  }
}

function requireOwnBody(body: UnpublishedBody): DiskBody {
  if (body instanceof DiskBody) return body
  throw new TypeError('s3-direct-upload: this body was written to another storage.')
}

function publishBody(body: DiskBody, file: string): Promise<void> {
  return body.publish(file, () => mkdir(dirname(file), { recursive: true }))
}
