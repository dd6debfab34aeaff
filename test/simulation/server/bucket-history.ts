import type { TestS3 } from 's3-direct-upload/testing'
import { bucket, type SeenRequest } from '../world/object-storage.js'

/** A multipart upload from its beginning to its end. */
export interface UploadLife {
  readonly uploadId: string
  readonly key: string
  readonly begunMs: number
  /** The number of the call that has begun it. */
  readonly begunBy: number | undefined
  endedMs?: number
  /** The request that has ended it. */
  endedBy?: SeenRequest
}

/** An object, from when it came to when it was deleted or replaced. */
export interface ObjectLife {
  readonly key: string
  readonly etag: string
  readonly size: number
  readonly contentType: string
  readonly sinceMs: number
  readonly by: SeenRequest
  untilMs?: number
}

const changing: ReadonlySet<string> = new Set([
  'CreateMultipartUpload',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  'PutObject',
  'PostObject',
  'DeleteObject',
])

/** What has stood in the bucket, and when. */
export class BucketHistory {
  readonly uploads = new Map<string, UploadLife>()
  readonly objects: ObjectLife[] = []

  /** Looks at the bucket after a request that may have changed it; needs no time of the clock. */
  async update(s3: TestS3, request: SeenRequest): Promise<void> {
    if (request.status >= 300 || !changing.has(request.operation ?? '')) return
    await this.#updateUploads(s3, request)
    await this.#updateObjects(s3, request)
  }

  /** The object that stood under a key at a time. */
  objectAt(key: string, atMs: number): ObjectLife | undefined {
    return this.objects.find(
      ({ key: each, sinceMs, untilMs = Number.POSITIVE_INFINITY }) =>
        each === key && sinceMs <= atMs && atMs < untilMs,
    )
  }

  async #updateUploads(s3: TestS3, request: SeenRequest): Promise<void> {
    const open = await s3.uploads(bucket)
    const ids = new Set(open.map(({ uploadId }) => uploadId))
    for (const life of this.uploads.values()) {
      if (life.endedMs !== undefined || ids.has(life.uploadId)) continue
      life.endedMs = request.atMs
      life.endedBy = request
    }
    for (const { uploadId, key } of open) {
      if (this.uploads.has(uploadId)) continue
      const { atMs: begunMs, sender: begunBy } = request
      this.uploads.set(uploadId, { uploadId, key, begunMs, begunBy })
    }
  }

  async #updateObjects(s3: TestS3, request: SeenRequest): Promise<void> {
    const { atMs } = request
    const objects = new Map((await s3.objects(bucket)).map((object) => [object.key, object]))
    for (const life of this.objects) {
      if (life.untilMs !== undefined) continue
      if (objects.get(life.key)?.etag !== life.etag) life.untilMs = atMs
    }
    for (const { key, etag, size, contentType } of objects.values()) {
      const isKnown = this.objects.some((life) => life.key === key && life.untilMs === undefined)
      if (isKnown) continue
      this.objects.push({ key, etag, size, contentType, sinceMs: atMs, by: request })
    }
  }
}
