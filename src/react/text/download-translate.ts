import { fillText } from './fill-text.js'
import { downloadMessages, type Translate, type UploaderLocale } from './messages.js'

/** Creates the look-up of the texts of a download, in which nothing is counted; what the locale lacks is English. */
export function createDownloadTranslate(
  locale: UploaderLocale | undefined,
): Translate<keyof typeof downloadMessages> {
  return (key, values) => {
    const text = locale?.strings?.[key]
    return fillText(typeof text === 'string' ? text : downloadMessages[key], values)
  }
}
