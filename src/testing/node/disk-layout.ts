import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { UploadRecord } from '../s3/storage.js'

/** Beside the buckets; no bucket's name begins with a dot. */
const hiddenFolder = '.s3-direct-upload'

/** Where each thing lies below the directory of a storage. */
export class DiskLayout {
  readonly directory: string
  /** Holds a folder of records for each bucket. */
  readonly records: string
  /** Holds what is being written. */
  readonly incoming: string

  constructor(directory: string) {
    this.directory = directory
    this.records = join(directory, hiddenFolder, 'buckets')
    this.incoming = join(directory, hiddenFolder, 'incoming')
  }

  /** A path that nothing else has. */
  newIncomingFile(): string {
    return join(this.incoming, randomUUID())
  }

  objectFile(bucket: string, path: string): string {
    return join(this.directory, bucket, path)
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

  upload({ bucket, uploadId }: UploadRecord): string {
    return join(this.uploads(bucket), uploadId)
  }

  uploadRecord(upload: UploadRecord): string {
    return join(this.upload(upload), 'upload.json')
  }

  partFile(upload: UploadRecord, partNumber: number): string {
    return join(this.upload(upload), `${partNumber}.part`)
  }

  partRecord(upload: UploadRecord, partNumber: number): string {
    return `${this.partFile(upload, partNumber)}.json`
  }
}
