import type { FileDescription } from '../../../protocol/operations.js'
import type { JsonObject } from '../../contract/json.js'
import type { FileToUpload } from '../../rules/requested-files.js'

/** A file that may be signed: as the page described it, and as it was checked. */
export interface CheckedFile {
  readonly description: FileDescription
  readonly file: FileToUpload<JsonObject>
}
