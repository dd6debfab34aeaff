import { hmacSha256, toHex } from '../../sigv4/crypto.js'
import type { TokenKey } from '../tokens/token.js'

const folderBytes = 16

/** Whose folder it is. */
export interface FolderFacts {
  readonly owner: string
  /** The name of the signing handler. */
  readonly handler: string
  /** What every key of the handler starts with; empty, or ending in `/`. */
  readonly prefix: string
}

/** The folder that holds everything of an owner at one handler under a secret. Its name does not reveal the owner. */
export function ownerFolder(
  { hmacKey }: TokenKey,
  { owner, handler, prefix }: FolderFacts,
): string {
  const message = `s3-direct-upload owner\n${JSON.stringify([owner, handler])}`
  const mac = hmacSha256(hmacKey, message)
  return `${prefix}${toHex(mac.slice(0, folderBytes))}/`
}

/** The folder of an owner under each secret: uploads that are older than the newest secret lie in another one. */
export function ownerFolders(keys: readonly TokenKey[], facts: FolderFacts): readonly string[] {
  return keys.map((key) => ownerFolder(key, facts))
}
