import type { ObjectContent } from '../../s3-client/get-object.js'
import { packageRefusal, type SigningError } from '../errors/signing-error.js'
import { objectReplaced } from './storage-errors.js'

/**
 * Returns the bytes that were read of an object.
 *
 * @throws SigningError `storage-error` when another object stands there meanwhile, `type-mismatch` when it was stored with
 *   an encoding.
 */
export function requireContent(content: ObjectContent): Uint8Array {
  switch (content.state) {
    case 'read':
      return content.bytes
    case 'replaced':
      throw objectReplaced()
    case 'encoded':
      throw encodedObject(content.encoding)
    default:
      return content satisfies never
  }
}

function encodedObject(encoding: string): SigningError {
  const message = 'the file is stored with a content encoding. Send it as it is.'
  const cause = new Error(
    `s3-direct-upload: S3 serves the object with the content encoding "${encoding}", so its own bytes cannot be checked. ` +
      'A page has added it, or a proxy between the server and the storage compresses.',
  )
  return packageRefusal('type-mismatch', message, { cause })
}
