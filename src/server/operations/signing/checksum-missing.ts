import type { FileDescription } from '../../../protocol/operations.js'
import { packageRefusal, type SigningError } from '../../errors/signing-error.js'

/** Says that a file came without the checksum that the app demands of every file. */
export function checksumMissing(
  field: keyof Pick<FileDescription, 'checksum' | 'checksumAlgorithm'>,
): SigningError {
  return packageRefusal(
    'invalid-request',
    `${field}: is missing, and this server signs no file without the SHA-256 of its bytes. Pages send it over https.`,
  )
}
