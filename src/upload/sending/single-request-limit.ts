import { minPartBytes } from '../../s3/limits.js'
import type { UploadRecord } from '../store/upload-record.js'

/** Up to which size files go in one request, as far as the server has shown. */
export class SingleRequestLimit {
  #bytes = minPartBytes

  /** Whether the file may go in parts. */
  isExceededBy({ size }: Pick<UploadRecord, 'size'>): boolean {
    return size > this.#bytes
  }

  /** Notes that the server lets a file of this size go in one request. */
  note({ size }: Pick<UploadRecord, 'size'>): void {
    this.#bytes = Math.max(this.#bytes, size)
  }
}
