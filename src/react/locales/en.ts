import { downloadErrorMessages, downloadErrorPrefix } from '../text/download-error-messages.js'
import { errorMessages } from '../text/error-messages.js'
import { sentenceName } from '../text/explain.js'
import type { LocalePack } from '../text/locale-pack.js'
import { behaviourMessages, displayMessages, downloadMessages } from '../text/messages.js'

/**
 * The English texts, for a page in another language, or to translate from.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" locale={en} />
 */
export const en: LocalePack = {
  code: 'en',
  dir: 'ltr',
  strings: {
    ...behaviourMessages,
    ...displayMessages,
    ...downloadMessages,
    ...named(errorMessages, 'error:'),
    ...named(downloadErrorMessages, downloadErrorPrefix),
  },
}

type Sentences = Parameters<typeof sentenceName>[0]

/** Each sentence under its name. A download needs only those that an upload does not have. */
function named(sentences: Sentences, prefix: 'error:' | 'error:download-'): Record<string, string> {
  const uploads: Readonly<Record<string, string>> = errorMessages
  const own = Object.entries(sentences).filter(
    ([code, sentence]) =>
      sentenceName(sentences, code) === code && (prefix === 'error:' || sentence !== uploads[code]),
  )
  return Object.fromEntries(own.map(([code, sentence]) => [prefix + code, sentence]))
}
