import { folderFactsOf, type OperationContext } from '../../config/operation-context.js'
import type { KeyOrigin } from '../../objects/name-object.js'
import { ownerFolder } from '../../objects/owner-folder.js'
import type { TokenKey } from '../../tokens/token.js'

/** Says of what the key of a file is made; `tokenKey` names the owner's folder, where uploads are counted. */
export function keyOriginOf(
  component: Uint8Array,
  tokenKey: TokenKey,
  context: Pick<OperationContext, 'caller' | 'config'>,
): KeyOrigin {
  const { key: propose, maxOpenUploads, prefix } = context.config
  return {
    component,
    prefix: maxOpenUploads === undefined ? prefix : ownerFolder(tokenKey, folderFactsOf(context)),
    propose: propose && ((file) => propose(file, context.caller)),
  }
}
