import { join } from 'node:path'
import type { Runtime } from '../../../async/runtime.js'
import { toHex } from '../../../sigv4/crypto.js'
import type { MultipartRecord } from '../../s3/model/storage.js'

/** Beside the buckets; no bucket's name begins with a dot. */
const hiddenFolder = '.s3-direct-upload'

/** How the name of a part's file ends. */
export const partSuffix = '.part'

type UploadId = Pick<MultipartRecord, 'bucket' | 'uploadId'>

/** Where each thing lies below the directory of a storage. */
export class DiskLayout {
  readonly directory: string
  /** Holds everything but objects. */
  readonly hidden: string
  /** Names the process that uses the directory. */
  readonly lock: string
  /** Holds a folder of records for each bucket. */
  readonly records: string
  /** Holds what is being written. */
  readonly incoming: string

  readonly #randomBytes: Runtime['randomBytes']

  constructor(directory: string, { randomBytes }: Pick<Runtime, 'randomBytes'>) {
    this.directory = directory
    this.#randomBytes = randomBytes
    this.hidden = join(directory, hiddenFolder)
    this.lock = join(this.hidden, 'lock')
    this.records = join(this.hidden, 'buckets')
    this.incoming = join(this.hidden, 'incoming')
  }

  /** A path that nothing else has. */
  newIncomingFile(): string {
    return this.incomingFile(toHex(this.#randomBytes(16)))
  }

  incomingFile(name: string): string {
    return join(this.incoming, name)
  }

  bucketFolder(bucket: string): string {
    return join(this.directory, bucket)
  }

  objectFile(bucket: string, path: string): string {
    return join(this.directory, bucket, path)
  }

  bucketRecords(bucket: string): string {
    return join(this.records, bucket)
  }

  bucketRecord(bucket: string): string {
    return join(this.records, bucket, 'bucket.json')
  }

  objectRecords(bucket: string): string {
    return join(this.records, bucket, 'objects.jsonl')
  }

  uploads(bucket: string): string {
    return join(this.records, bucket, 'uploads')
  }

  upload({ bucket, uploadId }: UploadId): string {
    return join(this.uploads(bucket), uploadId)
  }

  uploadRecord(upload: UploadId): string {
    return join(this.upload(upload), 'upload.json')
  }

  partFile(upload: UploadId, partNumber: number): string {
    return join(this.upload(upload), `${partNumber}${partSuffix}`)
  }
}
