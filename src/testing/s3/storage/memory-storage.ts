import type { BodyWriter, OpenBody, TestS3Storage, UnpublishedBody } from '../model/storage.js'

/** Bytes as they arrived, chunk by chunk; never changed afterwards. */
type Chunks = readonly Uint8Array[]

class MemoryBody implements UnpublishedBody {
  readonly chunks: Chunks
  readonly size: number

  constructor(chunks: Chunks) {
    this.chunks = chunks
    this.size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  }

  async discard(): Promise<void> {}
}

/** Keeps everything in memory, for as long as the test S3 lives. */
export function createMemoryStorage(): TestS3Storage {
  const objects = new Map<string, Chunks>()
  const parts = new Map<string, Map<number, Chunks>>()
  return {
    load: async () => ({ buckets: [] }),
    saveBucket: async () => {},
    removeBucket: async () => {},
    writeBody: async () => memoryWriter(),
    publishObject: async (bucket, { key }, body, upload) => {
      objects.set(objectId(bucket, key), chunksOf(body))
      if (upload) parts.delete(upload.uploadId)
    },
    saveObject: async () => {},
    openObject: async (bucket, key) => openChunks(objects.get(objectId(bucket, key)) ?? []),
    removeObject: async (bucket, key) => {
      objects.delete(objectId(bucket, key))
    },
    saveUpload: async ({ uploadId }) => {
      parts.set(uploadId, new Map())
    },
    publishPart: async ({ uploadId }, { partNumber }, body) => {
      parts.get(uploadId)?.set(partNumber, chunksOf(body))
    },
    joinParts: async ({ uploadId }, partNumbers, onChunk) => {
      const chunks = partNumbers.flatMap((number) => parts.get(uploadId)?.get(number) ?? [])
      if (onChunk) for (const chunk of chunks) onChunk(chunk)
      return new MemoryBody(chunks)
    },
    removeUpload: async ({ uploadId }) => {
      parts.delete(uploadId)
    },
  }
}

function memoryWriter(): BodyWriter {
  const chunks: Uint8Array[] = []
  return {
    write: async (chunk) => {
      // A copy, because the sender may fill the same buffer again.
      if (chunk.byteLength > 0) chunks.push(chunk.slice())
    },
    finish: async () => new MemoryBody(chunks),
    discard: async () => {
      chunks.length = 0
    },
  }
}

function openChunks(chunks: Chunks): OpenBody {
  return {
    read: (start, end) =>
      new ReadableStream({
        start(controller) {
          let offset = 0
          for (const chunk of chunks) {
            const from = Math.max(start - offset, 0)
            const to = Math.min(end - offset, chunk.byteLength)
            // A copy, because a consumer may transfer the buffer away.
            if (from < to) controller.enqueue(chunk.slice(from, to))
            offset += chunk.byteLength
          }
          controller.close()
        },
      }),
  }
}

function objectId(bucket: string, key: string): string {
  // A bucket's name has no slash.
  return `${bucket}/${key}`
}

function chunksOf(body: UnpublishedBody): Chunks {
  if (body instanceof MemoryBody) return body.chunks
  throw new TypeError('s3-direct-upload: this body was written to another storage.')
}
