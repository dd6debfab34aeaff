import { objectKeyProblem } from '../../s3/object-key.js'
import { toHex } from '../../sigv4/crypto.js'
import type { FileToName, FileToUpload } from '../contract/files.js'
import type { JsonObject } from '../contract/json.js'
import { makeObjectKey, safeFileName } from './object-key-naming.js'

/** Of what a key is made, apart from the file. */
export interface KeyOrigin {
  /** Bytes that cannot be guessed. */
  readonly component: Uint8Array
  /** The handler's prefix, or the owner's folder below it; empty, or ending in `/`. */
  readonly prefix: string
  /** What the app proposes; `undefined` where it leaves keys to this package. */
  readonly propose: ((file: FileToName<JsonObject>) => string | Promise<string>) | undefined
}

/**
 * Makes the key of a new object: the app's proposal, or the usual one, below the prefix.
 *
 * @throws TypeError when the proposal could meet another object, or would be read differently on its way.
 */
export async function nameObject(
  file: FileToUpload<JsonObject>,
  { component, prefix, propose }: KeyOrigin,
): Promise<string> {
  if (propose === undefined) return makeObjectKey({ prefix, fileName: file.name, component })
  const unique = toHex(component)
  const safeName = safeFileName(file.name)
  const proposal: unknown = await propose({ ...file, unique, safeName })
  const problem = proposalProblem(proposal, { prefix, unique })
  if (problem === undefined) return `${prefix}${proposal}`
  throw new TypeError(
    `s3-direct-upload: the object key that key returned ${problem}. ` +
      'Build it from file.unique, file.safeName and ids of your own.',
  )
}

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
