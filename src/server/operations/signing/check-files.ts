import { mediaTypeOf } from '../../../protocol/file-media-type.js'
import type { FileDescription, Refused } from '../../../protocol/operations.js'
import type { OperationContext } from '../../config/operation-context.js'
import type { FileToUpload } from '../../contract/files.js'
import type { JsonObject } from '../../contract/json.js'
import { malformedItem, toProtocolError, toSigningError } from '../../errors/signing-error.js'
import { contentTypeOf } from '../../objects/media-type.js'
import { checkMetadata } from '../../rules/check-metadata.js'
import { type ResolvedRules, ruleViolation } from '../../rules/upload-rules.js'

/** A file that may be signed: as the page described it, and as it was checked. */
export interface CheckedFile {
  readonly description: FileDescription
  readonly file: FileToUpload<JsonObject>
}

/** Holds each file against the rules and the metadata schema; one that is refused does not stop the others. */
export function checkFiles(
  files: readonly (FileDescription | Refused)[],
  rules: ResolvedRules,
  { config }: Pick<OperationContext, 'config'>,
): Promise<(CheckedFile | Refused)[]> {
  return Promise.all(
    files.map(async (file, index) => {
      if ('error' in file) return malformedItem(file)
      try {
        return await checkFile(file, { index, rules, schema: config.metadata })
      } catch (thrown) {
        return { id: file.id, error: toProtocolError(toSigningError(thrown, config.onError)) }
      }
    }),
  )
}

async function checkFile(
  description: FileDescription,
  { index, rules, schema }: Circumstances,
): Promise<CheckedFile> {
  const metadata = await checkMetadata(description, index, schema)
  const refusal = ruleViolation(description, rules)
  if (refusal !== undefined) throw refusal
  const { id, name, type, size, relativePath } = description
  // What was accepted by its extension is signed as that, so that `contentCheck` holds it to it.
  const contentType = contentTypeOf(rules.accept ? mediaTypeOf(description) : type)
  const file = { id, name, type, size, relativePath, contentType, metadata }
  return { description, file: file satisfies Record<keyof FileToUpload, unknown> }
}

interface Circumstances {
  /** Where the file stands in the request. */
  readonly index: number
  readonly rules: ResolvedRules
  readonly schema: OperationContext['config']['metadata']
}
