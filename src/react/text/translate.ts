import type { AmountFormat } from './amount-format.js'
import { fillText } from './fill-text.js'
import type { Message, MessageKey, Translate, UploaderLocale } from './messages.js'

/** Creates the look-up for a locale; what it lacks is English. Texts with counts need the `format` of their language. */
export function createTranslate<Key extends MessageKey>(
  locale: UploaderLocale | undefined,
  english: Readonly<Record<Key, Message>>,
  format?: Pick<AmountFormat, 'count' | 'pluralForm'>,
): Translate<Key> {
  return (key, values = {}) => {
    const own = locale?.strings?.[key]
    const message = own ?? english[key]
    const count = Number(values.smart_count)
    // The English forms go with the English rule, even when the locale brings another.
    const number = ((own && locale?.pluralize) || englishPlural)(count)
    const category = own ? format?.pluralForm(count) : number ? 'other' : 'one'
    return fillText(formOf(message, category, number), values, format?.count)
  }
}

/**
 * The invitation to add files, parted at the link in it: text before, link, text after.
 *
 * Packs of `@uppy/locales` name the link `browse` or `browseFiles`. Where a text has neither, the link follows it.
 */
export function splitInvitation(
  translate: Translate<Invitation | LinkName>,
  invitation: Invitation,
): readonly [string, string, string] {
  const link = (name: LinkName) => `\0${translate(name)}\0`
  const links = { browse: link('browse'), browseFiles: link('browseFiles') }
  const [before = '', first, ...rest] = translate(invitation, links).split('\0')
  if (first === undefined) return [`${before} `, translate('browseFiles'), '']
  return [before, first, rest.filter((_, index) => index % 2 === 0).join('')]
}

type Invitation = 'dropPasteFiles' | 'dropOneFile'
type LinkName = 'browse' | 'browseFiles'

/**
 * Adds what a locale has under another name: it may name the link in one way only, and packs of Uppy lack texts that are more
 * exact than theirs.
 */
export function withSubstitutes(locale: UploaderLocale | undefined): UploaderLocale | undefined {
  const given = locale?.strings
  if (!given) return locale
  const strings = {
    browse: given.browseFiles,
    browseFiles: given.browse,
    dropOneFile: given.dropPasteFiles,
    allUploaded: given.filesUploadedOfTotal,
    ...given,
  }
  return { ...locale, strings }
}

/** The plural form of a count in English: 0 for one, 1 for all others. */
export function englishPlural(count: number): number {
  return count === 1 ? 0 : 1
}

/** The form of a text for a count: by the category of the count, or by the number of the form. */
function formOf(message: Message, category = '', number: number): string {
  if (typeof message === 'string') return message
  const forms: Readonly<Record<string, string | undefined>> = message
  return forms[category] ?? forms[number] ?? forms.other ?? forms[1] ?? forms[0] ?? ''
}
