import { hmacSha256, toHex } from '../../sigv4/crypto.js'
import type { OperationContext } from '../config/operation-context.js'
import type { TokenKey } from '../tokens/token.js'

const folderBytes = 16

/** The folder that holds everything of an owner at one handler under a secret; it tells nobody who the owner is. */
export function ownerFolder({ hmacKey }: TokenKey, { caller, config }: WhoseFolder): string {
  const message = `s3-direct-upload owner\n${JSON.stringify([caller.owner, config.name])}`
  const mac = hmacSha256(hmacKey, message)
  return `${config.prefix}${toHex(mac.slice(0, folderBytes))}/`
}

/** The folder of an owner under each secret: what was begun before the secret was replaced lies in an older one. */
export function ownerFolders(context: WhoseFolder): readonly string[] {
  return context.config.tokenKeys().map((key) => ownerFolder(key, context))
}

type WhoseFolder = Pick<OperationContext, 'caller' | 'config'>
