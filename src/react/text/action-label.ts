import type { Translate } from './messages.js'

/** What is spoken of a button: its text, and the file it acts on. Some languages name that in the text itself. */
export function actionLabel(
  text: string,
  file: string | undefined,
  translate: Translate<'actionOnFile'>,
): string {
  return !file || text.includes(file) ? text : translate('actionOnFile', { action: text, file })
}
