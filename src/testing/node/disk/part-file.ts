import type { FileHandle } from 'node:fs/promises'
import type { OpenBody, PartRecord } from '../../s3/model/storage.js'
import { type DiskBody, DiskBodyWriter } from './disk-body.js'
import { openFile } from './files.js'
import { bodyOf } from './stored-file.js'

/** At the end of the file, so much room has the length of the record before it. */
const lengthBytes = 4

/**
 * What stands behind the bytes of a part in its file: the record.
 *
 * Bytes and record in one file are published by one rename, and never belong to different parts.
 */
export function partTrailer(record: PartRecord): Uint8Array {
  const json = Buffer.from(JSON.stringify(record))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(json.length)
  return Buffer.concat([json, length])
}

/** Reads the record of a part; nothing when there is no such part. */
export async function readPartRecord(path: string): Promise<PartRecord | undefined> {
  const file = await openFile(path)
  try {
    return file && (await readTrailer(file))
  } finally {
    await file?.close()
  }
}

/** Puts the parts in these files together at `path`, and shows each chunk to `onChunk` on the way. */
export async function joinPartFiles(
  path: string,
  partFiles: readonly string[],
  onChunk?: (chunk: Uint8Array) => void,
): Promise<DiskBody> {
  const writer = new DiskBodyWriter(path)
  try {
    for (const partFile of partFiles) {
      const { size, body } = await openPart(partFile)
      const reader = body.read(0, size).getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        onChunk?.(next.value)
        await writer.write(next.value)
      }
    }
    return await writer.finish()
  } catch (error) {
    await writer.discard()
    throw error
  }
}

async function openPart(path: string): Promise<{ size: number; body: OpenBody }> {
  const file = await openFile(path)
  const record = file && (await readTrailer(file))
  if (file && record) return { size: record.size, body: bodyOf(file) }
  await file?.close()
  throw new Error(`s3-direct-upload: the file "${path}" of a part is gone, or was changed.`)
}

async function readTrailer(file: FileHandle): Promise<PartRecord | undefined> {
  const { size } = await file.stat()
  const length = (await readAt(file, size - lengthBytes, lengthBytes))?.readUInt32BE()
  if (length === undefined) return undefined
  const start = size - lengthBytes - length
  const json = await readAt(file, start, length)
  // What we wrote has the form we wrote; the size tells it from what others have written.
  const record = json && (parse(json.toString()) as PartRecord | undefined)
  return record?.size === start ? record : undefined
}

async function readAt(file: FileHandle, start: number, length: number) {
  if (start < 0) return undefined
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start)
  return bytesRead === length ? buffer : undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
