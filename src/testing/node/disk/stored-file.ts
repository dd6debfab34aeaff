import type { FileHandle } from 'node:fs/promises'
import type { OpenBody } from '../../s3/model/storage.js'
import { openFile } from './files.js'

const readBytes = 256 * 1024

/** Opens a file if there is one; its bytes stay readable when another takes its place. */
export async function openStoredFile(path: string): Promise<OpenBody | undefined> {
  const file = await openFile(path)
  return file && bodyOf(file)
}

/** The bytes of an open file; the end of reading closes it. */
export function bodyOf(file: FileHandle): OpenBody {
  return { read: (start, end) => streamOf(file, start, end) }
}

function streamOf(file: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const length = Math.min(readBytes, end - position)
        const buffer = Buffer.allocUnsafeSlow(length)
        const { bytesRead } =
          length > 0 ? await file.read(buffer, 0, length, position) : { bytesRead: 0 }
        position += bytesRead
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        if (bytesRead > 0 && position < end) return
        await file.close()
        if (position < end)
          controller.error(new Error('s3-direct-upload: a stored file is too short.'))
        else controller.close()
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  )
}
