import type { FileDescription } from '../../protocol/operations.js'
import { attachmentDisposition } from '../content-disposition.js'
import { canRunScript, contentTypeOf } from '../media-type.js'

/** How a file's object will be served: its type, and that a browser saves it where it could run script. */
export function contentHeadersOf({ name, type }: Pick<FileDescription, 'name' | 'type'>): {
  readonly contentType: string
  readonly contentDisposition: string | undefined
} {
  const contentType = contentTypeOf(type)
  const contentDisposition = canRunScript(contentType) ? attachmentDisposition(name) : undefined
  return { contentType, contentDisposition }
}
