import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServedPage } from './looks-app.js'
import {
  colourOf,
  emptyLooks,
  openLooks,
  type Surroundings,
  seenColours,
  wrongLooks,
  wrongLooksInAllStates,
} from './looks-page.js'

type Scheme = 'light' | 'dark'

const followsSystem = '<meta name="color-scheme" content="light dark">'

/** Surroundings of a page, and the scheme that they make of the theme, which is `auto` unless the address says another. */
const surroundings: readonly [string, Surroundings, Scheme][] = [
  ['a page that says nothing', {}, 'light'],
  ['a light-only page on a dark system', { isSystemDark: true }, 'light'],
  ['a page that follows a light system', { head: followsSystem }, 'light'],
  ['a page that follows a dark system', { head: followsSystem, isSystemDark: true }, 'dark'],
  [
    'a page whose style follows a dark system',
    { html: 'style="color-scheme: light dark"', isSystemDark: true },
    'dark',
  ],
  ['a page whose style is dark', { html: 'style="color-scheme: dark"' }, 'dark'],
  ['a page that is dark only', { head: '<meta name="color-scheme" content="dark">' }, 'dark'],
  ['a page of class dark', { html: 'class="dark"' }, 'dark'],
  ['a page that Bootstrap makes dark', { html: 'data-bs-theme="dark"' }, 'dark'],
  [
    'a page that is light by choice on a dark system',
    { html: 'data-theme="light"', head: followsSystem, isSystemDark: true },
    'light',
  ],
  ['a dark page, with theme light', { html: 'class="dark"', query: 'theme=light' }, 'light'],
  ['a light page, with theme dark', { query: 'theme=dark' }, 'dark'],
]

/** What of these a style sheet alone can know: not the computed style of the page. */
export const knownWithoutScripts = surroundings.filter(([, { html }]) => !html?.includes('style='))

/** One of each kind; what a minifier makes of the rules shows in these. */
export const someSurroundings = surroundings.filter(([name]) =>
  /light-only|follows a dark|class dark|theme/.test(name),
)

/** Tests the colours of a built page. */
export function describeLooks(
  serve: () => Promise<ServedPage>,
  browserOf: () => Browser,
  { isFromServer = false, list = surroundings } = {},
): void {
  // What only a style says is not known to a style sheet.
  const isUnknownAtFirst = ({ html }: Surroundings) =>
    isFromServer && html?.includes('style=') === true
  let served: ServedPage

  beforeAll(async () => {
    served = await serve()
  })

  afterAll(() => served?.stop())

  describe.each(list)('on %s', (_, around, scheme) => {
    test(`all is ${scheme}, and what is placed elsewhere has the scheme of its place`, async () => {
      const page = await openLooks(browserOf(), served.url, around)

      const wrong = await wrongOnPage(page, scheme)
      await page.close()

      expect(wrong).toEqual([])
    })

    test.skipIf(isUnknownAtFirst(around))('it is never seen in another scheme', async () => {
      const page = await openLooks(browserOf(), served.url, around)

      const seen = await seenColours(page)
      await page.close()

      expect(seen).toEqual([colourOf(scheme, 'text')])
    })
  })

  test.each([
    ['light', {}],
    ['dark', { html: 'class="dark"' }],
    ['dark', { head: followsSystem, isSystemDark: true }],
  ] as const)('every state has its colours: %s, %o', async (scheme, around) => {
    const page = await openLooks(browserOf(), served.url, around)

    const wrong = await wrongLooksInAllStates(page, scheme)
    await page.close()

    expect(wrong).toEqual([])
  })
}

/** Tests what a page from a server looks like before, or without, its scripts. */
export function describeLooksWithoutScripts(
  serve: () => Promise<ServedPage>,
  browserOf: () => Browser,
): void {
  let served: ServedPage

  beforeAll(async () => {
    served = await serve()
  })

  afterAll(() => served?.stop())

  test.each(knownWithoutScripts)('before a script runs, %s is right', async (_, around, scheme) => {
    const page = await openLooks(browserOf(), served.url, { ...around, hasScripts: false })

    const wrong = await wrongOnPage(page, scheme)
    await page.close()

    expect(wrong).toEqual([])
  })
}

async function wrongOnPage(page: Awaited<ReturnType<typeof openLooks>>, scheme: Scheme) {
  const places = [
    ['#outer', scheme],
    ['#light', 'light'],
    ['#dark', 'dark'],
    ['#fixed-light', 'light'],
    ['#fixed-dark', 'dark'],
  ] as const
  const wrong = await Promise.all(
    places.map(async ([place, expected]) => {
      const found = await wrongLooks(page, place, expected, emptyLooks)
      return found.map((text) => `${place} ${text}`)
    }),
  )
  return wrong.flat()
}
