import { objectKeyProblem } from '../../s3/object-key.js'
import { toHex } from '../../sigv4/crypto.js'
import type { OperationContext } from '../config/operation-context.js'
import type { FileToUpload } from '../rules/requested-files.js'
import type { TokenKey } from '../tokens/token.js'
import { makeObjectKey, safeFileName } from './object-key-naming.js'
import { ownerFolder } from './owner-folder.js'

/** A file for which `key` returns an object key. */
export interface FileToName<Metadata = Readonly<Record<string, string>>>
  extends FileToUpload<Metadata> {
  /** 32 hexadecimal digits that nobody can guess and no other upload has; the key must contain them. */
  readonly unique: string
  /** The file's name in `A-Z a-z 0-9 . _ -` alone, with its extension. */
  readonly safeName: string
}

/** Of what a key is made, apart from the file. */
export interface KeyOrigin {
  /** Bytes that nobody can guess. */
  readonly component: Uint8Array
  /** The secret that names the owner's folder, where there is one. */
  readonly tokenKey: TokenKey
}

/**
 * Makes the key of a new object: the app's proposal, or the usual one, below the prefix.
 *
 * @throws TypeError when the proposal could meet another object, or would be read differently on its way.
 */
export async function nameObject(
  file: FileToUpload<OperationMetadata>,
  { component, tokenKey }: KeyOrigin,
  context: Pick<OperationContext, 'caller' | 'config'>,
): Promise<string> {
  const { key: propose, maxOpenUploads } = context.config
  const prefix =
    maxOpenUploads === undefined ? context.config.prefix : ownerFolder(tokenKey, context)
  if (propose === undefined) return makeObjectKey({ prefix, fileName: file.name, component })
  const unique = toHex(component)
  const proposal: unknown = await propose(
    { ...file, unique, safeName: safeFileName(file.name) },
    context.caller,
  )
  const problem = proposalProblem(proposal, { prefix, unique })
  if (problem === undefined) return `${prefix}${proposal}`
  throw new TypeError(
    `s3-direct-upload: the object key that key returned ${problem}. ` +
      'Build it from file.unique, file.safeName and ids of your own.',
  )
}

type OperationMetadata = Parameters<NonNullable<OperationContext['config']['key']>>[0]['metadata']

/** The end of a sentence that begins "the key". */
function proposalProblem(
  proposal: unknown,
  { prefix, unique }: { readonly prefix: string; readonly unique: string },
): string | undefined {
  if (typeof proposal !== 'string') return 'is not text'
  if (!proposal.includes(unique)) {
    return 'does not contain file.unique, so that one upload could replace another'
  }
  // A policy reads "$" as the start of a variable.
  if (proposal.includes('$')) return 'contains "$"'
  if (proposal.includes('\\')) return 'contains a backslash'
  // By itself first, or a slash at its start would look like the prefix's own.
  return objectKeyProblem(proposal) ?? objectKeyProblem(`${prefix}${proposal}`)
}
