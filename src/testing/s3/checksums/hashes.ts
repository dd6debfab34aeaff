import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import type { ChecksumAlgorithm } from '../model/storage.js'
import { createCrc32, createCrc32c, createCrc64Nvme } from './crc.js'

/** A running hash. */
export interface Hash {
  update(chunk: Uint8Array): unknown
  digest(): Uint8Array
}

/** What a test S3 computes over bodies; MD5 also for ETags. */
export type HashAlgorithm = ChecksumAlgorithm

/** One maker of running hashes for each algorithm. */
export type Hashes = Readonly<Record<HashAlgorithm, () => Hash>>

/** Hashes that run anywhere; about 100 to 400 MB/s. */
export const portableHashes: Hashes = {
  md5: () => md5.create(),
  sha1: () => sha1.create(),
  sha256: () => sha256.create(),
  sha512: () => sha512.create(),
  crc32: createCrc32,
  crc32c: createCrc32c,
  crc64nvme: createCrc64Nvme,
}
