import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalePack } from 's3-direct-upload'
import { ar } from 's3-direct-upload/locales/ar'
import { de } from 's3-direct-upload/locales/de'
import { en } from 's3-direct-upload/locales/en'
import { es } from 's3-direct-upload/locales/es'
import { fr } from 's3-direct-upload/locales/fr'
import { ja } from 's3-direct-upload/locales/ja'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../scripts/entries/entry-points.js'
import { downloadErrorMessages } from '../../../src/react/text/download-error-messages.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'
import { createExplain } from '../../../src/react/text/explain.js'
import { developerWordsIn } from '../text/developer-words.js'

const root = join(import.meta.dirname, '../../..')

type Text = NonNullable<LocalePack['strings'][keyof LocalePack['strings']]>

const packs = [ar, de, en, es, fr, ja]
const translated = packs.filter((pack) => pack !== en)

const englishTexts: Readonly<Record<string, Text>> = en.strings

/** Words that are the same in two languages. */
const sameWords: Readonly<Record<string, readonly string[]>> = {
  es: ['audio'],
  fr: ['audio', 'images'],
}

/** Texts on buttons. */
const buttons = [
  'pauseUpload',
  'resumeUpload',
  'retryUpload',
  'cancelUpload',
  'removeFile',
  'continueUpload',
  'discardUpload',
  'uploadXFiles',
  'pauseAll',
  'resumeAll',
  'retryAll',
  'removeAll',
  'cancelAll',
  'clearList',
  'undo',
  'hide',
  'hideAll',
  'download',
  'openDownload',
] as const satisfies readonly (keyof LocalePack['strings'])[]

/** The text itself, or all its plural forms by their categories. */
function formsOf(text: Text): Readonly<Record<string, string>> {
  return typeof text === 'string' ? { all: text } : { ...text }
}

function placeholdersIn(...texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) => text.match(/%\{\w+\}/g) ?? [])
  return [...new Set(names)].sort()
}

function wordsOf(text: string): string {
  return text.replace(/%\{\w+\}/g, '').replace(/[^\p{L}]/gu, '')
}

/** Each form of each text of a pack, beside the same text in English. */
function linesOf(pack: LocalePack) {
  return Object.entries(pack.strings).flatMap(([key, text]) => {
    const english = Object.values(formsOf(englishTexts[key] ?? ''))
    return Object.entries(formsOf(text)).map(([form, line]) => ({ key, form, line, english }))
  })
}

it('there is a test of every pack that is published', () => {
  expect(packs.map(({ code }) => code)).toEqual([...languages])
})

describe.each(translated.map((pack) => [pack.code, pack] as const))('the pack %s', (code, pack) => {
  const lines = linesOf(pack)

  it('has the texts of the English one, and no others', () => {
    expect(Object.keys(pack.strings).sort()).toEqual(Object.keys(en.strings).sort())
  })

  it('has their placeholders', () => {
    const unlike = Object.keys(en.strings).filter((key) => {
      const ofKey = lines.filter((line) => line.key === key)
      const own = placeholdersIn(...ofKey.map(({ line }) => line))
      return own.join() !== placeholdersIn(...(ofKey[0]?.english ?? [])).join()
    })
    const unfilled = lines.filter(({ form, line, english }) => {
      const own = placeholdersIn(line)
      return form === 'other' && own.join() !== placeholdersIn(english.at(-1) ?? '').join()
    })

    expect(unlike).toEqual([])
    expect(unfilled).toEqual([])
  })

  it('has exactly the plural forms of its language', () => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
    const counted = Object.entries(pack.strings).filter(([, text]) => typeof text !== 'string')
    const unlike = counted.filter(
      ([, text]) =>
        Object.keys(formsOf(text)).sort().join() !== [...pluralCategories].sort().join(),
    )
    const uncounted = Object.entries(en.strings).filter(
      ([key, text]) =>
        typeof text !== 'string' && !counted.some(([countedKey]) => countedKey === key),
    )

    expect(unlike).toEqual([])
    expect(uncounted).toEqual([])
  })

  it('says nothing in English', () => {
    const same = lines.filter(({ line, english }) => wordsOf(line) && english.includes(line))

    expect(same.map(({ line }) => line).sort()).toEqual(sameWords[code] ?? [])
  })

  it('ends its sentences with the full stop of its language, and nothing else', () => {
    const stop = code === 'ja' ? '。' : '.'
    const wrong = lines.filter(
      ({ line, english }) => line.endsWith(stop) !== english.some((text) => text.endsWith('.')),
    )

    expect(wrong.map(({ line }) => line)).toEqual([])
  })

  it('says that it is not yet read by a native speaker', async () => {
    const source = await readFile(join(root, `src/react/locales/${code}.ts`), 'utf8')

    expect(source).toContain('Not yet read by a native speaker.')
  })
})

describe.each(packs.map((pack) => [pack.code, pack] as const))('the texts in %s', (code, pack) => {
  it('have no word of developers', () => {
    const found = linesOf(pack).flatMap(({ line }) => developerWordsIn(line))

    expect(found).toEqual([])
  })

  it('are data alone, which a server component can hand on', () => {
    expect(JSON.parse(JSON.stringify(pack))).toEqual(pack)
  })

  it('tell the direction in which they are written', () => {
    expect(pack.dir).toBe(code === 'ar' ? 'rtl' : 'ltr')
  })

  it.skipIf(code === 'ar' || code === 'ja')('fit on buttons', () => {
    const long = buttons
      .flatMap((key) => Object.values(formsOf(pack.strings[key])))
      .filter((text) => text.replace('%{smart_count}', '12').length > 24)

    expect(long).toEqual([])
  })

  it.each(Object.keys(errorMessages))('explain the error %s', (errorCode) => {
    const explain = createExplain(pack, errorMessages)
    const english = createExplain(undefined, errorMessages)
    const error = { code: errorCode, message: '' }

    expect(explain(error) === english(error)).toBe(pack === en)
  })

  it.each(Object.keys(downloadErrorMessages))('explain the download error %s', (errorCode) => {
    const explain = createExplain(pack, downloadErrorMessages, 'error:download-')
    const english = createExplain(undefined, downloadErrorMessages)
    const error = { code: errorCode, message: '' }

    expect(explain(error) === english(error)).toBe(pack === en)
  })
})

it('no Arabic text begins with a name, from which browsers would take the direction', () => {
  expect(
    linesOf(ar).filter(({ line }) => /^%\{files?\}/.test(line) && line !== ar.strings.filesAndMore),
  ).toEqual([])
})

it('a download has its own sentence where that of an upload would be wrong', () => {
  const explain = createExplain(de, downloadErrorMessages, 'error:download-')

  expect(explain({ code: 'forbidden', message: '' })).toMatch(/nicht herunterladen/)
  expect(explain({ code: 'storage-refused', message: '' })).toMatch(/^Das Herunterladen/)
})
