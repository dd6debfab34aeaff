import type { UploaderContextValue } from '../../context/UploaderContext.js'
import { describeTypes } from '../../text/accept-description.js'

/** The restrictions in words: `images, PDF`, `up to 10 MB each`, `up to 20 files`. */
export function hintsOf({
  restrictions,
  translate,
  format,
}: Pick<UploaderContextValue, 'restrictions' | 'translate' | 'format'>): string[] {
  const { allowedFileTypes, maxFileSize, maxNumberOfFiles } = restrictions
  const hints: string[] = []
  if (allowedFileTypes) {
    hints.push(describeTypes(allowedFileTypes, translate, format))
  }
  if (maxFileSize) hints.push(translate('hintSize', { size: format.bytes(maxFileSize) }))
  if (maxNumberOfFiles) hints.push(translate('hintCount', { smart_count: maxNumberOfFiles }))
  return hints
}
