import { isObject } from '../../protocol/is-object.js'
import type { FileDescription } from '../../protocol/operations.js'
import type { JsonObject } from '../contract/json.js'
import type { SchemaIssue, StandardSchema } from '../contract/standard-schema.js'
import { packageRefusal, type SigningError } from '../errors/signing-error.js'

/** The most bytes of JSON that a token carries of what a page says about a file. */
const maxDescriptionBytes = 2048
const maxMessageLength = 200

/**
 * Has the app's schema check what a page sent along with a file, and returns what it made of it.
 *
 * @throws SigningError `invalid-request` that names the field; `index` is where the file stands in the request.
 * @throws TypeError when the schema made something of it that no token can carry.
 */
export async function checkMetadata(
  file: FileDescription,
  index: number,
  schema: StandardSchema<JsonObject> | undefined,
): Promise<JsonObject> {
  const { name, relativePath, metadata = {} } = file
  requireShort([name, relativePath, metadata])
  if (schema === undefined) return metadata
  const result = await schema['~standard'].validate(metadata)
  if (result.issues) throw invalidMetadata(result.issues, `files.${index}.metadata`)
  const { value } = result
  if (!isObject(value)) {
    throw new TypeError(
      's3-direct-upload: the metadata schema returned something else than an object. Have it return an object.',
    )
  }
  requireShort([name, relativePath, value])
  // What hooks get now is what they and receipts get later, from the token.
  return JSON.parse(JSON.stringify(value))
}

function requireShort(description: unknown): void {
  const { length } = new TextEncoder().encode(JSON.stringify(description))
  if (length <= maxDescriptionBytes) return
  const message = `name, relativePath and metadata: are longer than ${maxDescriptionBytes} bytes together. Send less with the file.`
  throw packageRefusal('invalid-request', message)
}

function invalidMetadata([issue]: readonly SchemaIssue[], start: string): SigningError {
  const segments = issue?.path?.map((segment) =>
    String(typeof segment === 'object' ? segment.key : segment),
  )
  const field = [start, ...(segments ?? [])].join('.')
  const problem = issue?.message ?? 'is refused by the schema.'
  return packageRefusal('invalid-request', `${shortened(field)}: ${shortened(problem)}`)
}

/** A schema may quote what it received, which may be of any length. */
function shortened(text: string): string {
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}…` : text
}
