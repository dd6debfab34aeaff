import { hmacSha256, toHex } from '../../sigv4/crypto.js'
import type { OperationContext } from '../operation-context.js'
import type { TokenKey } from '../tokens/token.js'

const folderBytes = 16

/** The folder that holds everything of an owner at one handler; it tells nobody who the owner is. */
export async function ownerFolder(context: WhoseFolder): Promise<string> {
  const [folder] = await ownerFolders(context)
  if (folder === undefined) throw new TypeError('s3-direct-upload: there is no secret.')
  return folder
}

/** The folder of an owner under each secret: what was begun before the secret was replaced lies in an older one. */
export async function ownerFolders({ caller, config }: WhoseFolder): Promise<readonly string[]> {
  const message = `s3-direct-upload owner\n${JSON.stringify([caller.owner, config.name])}`
  const folderOf = async ({ hmacKey }: TokenKey) => {
    const mac = await hmacSha256(hmacKey, message)
    return `${config.prefix}${toHex(mac.slice(0, folderBytes))}/`
  }
  return Promise.all((await config.tokenKeys()).map(folderOf))
}

type WhoseFolder = Pick<OperationContext, 'caller' | 'config'>
