import { createHash } from 'node:crypto'
import * as zlib from 'node:zlib'
import type { Hash, Hashes } from '../s3/checksums/hashes.js'

/** The hashes that Node has natively; CRC-32 only where its zlib has it (Node 20.15 and 22.2). */
export const nodeHashes: Partial<Hashes> = {
  md5: () => createHash('md5'),
  sha1: () => createHash('sha1'),
  sha256: () => createHash('sha256'),
  sha512: () => createHash('sha512'),
  ...('crc32' in zlib && { crc32: nativeCrc32 }),
}

function nativeCrc32(): Hash {
  let value = 0
  return {
    update(chunk) {
      value = zlib.crc32(chunk, value)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    },
  }
}
