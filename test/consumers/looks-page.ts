import type { Browser, Page } from 'playwright'
import { channelsOf, type LookToken, tokensOf } from '../support/look-tokens.js'

/** What surrounds the component: what the address, the page and the system say. */
export interface Surroundings {
  readonly query?: string
  /** Attributes of `<html>`, as the server writes them. */
  readonly html?: string
  /** Written into `<head>`. */
  readonly head?: string
  readonly isSystemDark?: boolean
  readonly hasScripts?: boolean
}

/** Opens the page as it is built, in these surroundings; nothing moves on it. */
export async function openLooks(
  browser: Browser,
  url: string,
  { query = '', html = '', head = '', isSystemDark = false, hasScripts = true }: Surroundings = {},
): Promise<Page> {
  const page = await browser.newPage({
    javaScriptEnabled: hasScripts,
    colorScheme: isSystemDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    // A page that a test has changed is of no address, and `next dev` opens a socket to this computer.
    permissions: ['local-network-access'],
  })
  await page.addInitScript(noteColours)
  await page.route(/\/(\?.*)?$/, async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    const body = text.replace('<html ', `<html ${html} `).replace('</head>', `${head}</head>`)
    await route.fulfill({ response, body })
  })
  await page.goto(`${url}/?${query}`)
  // The scheme comes when the page is alive; before, a click on one from a server would be lost.
  const isAlive = hasScripts ? '[data-theme="auto"][data-scheme]' : ''
  await page.locator(`.s3u${isAlive}`).last().waitFor()
  return page
}

/** In every frame from the first on, notes the colour of the first uploader. */
function noteColours() {
  const seenColours = new Set<string>()
  Object.assign(window, { seenColours })
  const look = () => {
    const root = document.querySelector('.s3u')
    if (root) seenColours.add(getComputedStyle(root).color)
    requestAnimationFrame(look)
  }
  look()
}

/** The colours that its text has had since the page was opened. */
export async function seenColours(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    // Set by `noteColours`.
    return [...(window as unknown as { seenColours: Set<string> }).seenColours]
  })
}

/** As browsers write it. */
export function colourOf(scheme: 'light' | 'dark', token: LookToken): string {
  return `rgb(${channelsOf(tokensOf[scheme][token]).join(', ')})`
}

/** An element, its property, and the token that is its colour. */
export type Look = readonly [selector: string, property: string, token: LookToken]

export const emptyLooks: readonly Look[] = [
  ['.s3u', 'color', 'text'],
  ['.s3u-trigger', 'background-color', 'zone'],
  ['.s3u-trigger', 'border-top-color', 'border-strong'],
  ['.s3u-trigger', 'color', 'text'],
  ['.s3u-trigger-icon', 'background-color', 'accent-soft'],
  ['.s3u-trigger-icon', 'color', 'accent'],
  ['.s3u-link', 'color', 'accent'],
  ['.s3u-hint', 'color', 'muted'],
]

export const downloadLooks: readonly Look[] = [
  ['.s3u-download .s3u-button', 'background-color', 'surface'],
  ['.s3u-download .s3u-button', 'border-top-color', 'border-strong'],
  ['.s3u-download .s3u-button', 'color', 'text'],
  ['.s3u-download .s3u-icon', 'color', 'accent'],
]

export const problemLooks: readonly Look[] = [['.s3u-problem', 'color', 'danger']]

export const readyLooks: readonly Look[] = [
  ['[data-action="start"]', 'background-color', 'accent'],
  ['[data-action="start"]', 'color', 'on-accent'],
]

export const failedLooks: readonly Look[] = [
  ['[data-status="failed"] .s3u-item-icon', 'background-color', 'danger-soft'],
  ['[data-status="failed"] .s3u-item-icon', 'color', 'danger'],
  ['[data-status="failed"] .s3u-fact:last-child', 'color', 'danger'],
]

export const busyLooks: readonly Look[] = [
  ['.s3u-list', 'background-color', 'surface'],
  ['.s3u-list', 'border-top-color', 'border'],
  ['.s3u-rejection', 'background-color', 'danger-soft'],
  ['.s3u-rejection > .s3u-icon', 'color', 'danger'],
  ['.s3u-item-facts', 'color', 'muted'],
  ['.s3u-item .s3u-progress', 'background-color', 'track'],
  ['.s3u-item .s3u-progress', 'color', 'accent'],
  ['.s3u-icon-button', 'color', 'muted'],
]

/** Says which looks within an element are not those of the scheme, as `selector property: seen, expected`. */
export async function wrongLooks(
  page: Page,
  within: string,
  scheme: 'light' | 'dark',
  looks: readonly Look[],
): Promise<string[]> {
  const seen = await page.evaluate(
    ([root, asked]) =>
      asked.map(([selector, property]) => {
        const element = document.querySelector(`${root} ${selector}`)
        return element ? getComputedStyle(element).getPropertyValue(property) : 'no such element'
      }),
    [within, looks] as const,
  )
  return looks.flatMap(([selector, property, token], index) => {
    const expected = colourOf(scheme, token)
    const found = seen[index]
    return found === expected ? [] : [`${selector} ${property}: ${found}, not ${token} ${expected}`]
  })
}

/** Walks the outer uploader through its states; says which looks are wrong. */
export async function wrongLooksInAllStates(
  page: Page,
  scheme: 'light' | 'dark',
): Promise<string[]> {
  const wrong = (looks: readonly Look[]) => wrongLooks(page, '#outer', scheme, looks)
  let isHeld = false
  await page.route('**/api/s3', (route) =>
    isHeld ? undefined : route.fulfill({ status: 413, json: refusal }),
  )
  const found = await wrong([...emptyLooks, ...downloadLooks])

  await page.getByRole('button', { name: 'Send' }).click()
  await page.locator('.s3u-problem').waitFor()
  found.push(...(await wrong(problemLooks)))

  await choose(page, [fileOf('refused.png', 1000)])
  const start = page.locator('#outer [data-action="start"]')
  await start.waitFor()
  found.push(...(await wrong(readyLooks)))
  await start.click()
  await page.locator('[data-status="failed"]').waitFor()
  found.push(...(await wrong(failedLooks)))

  isHeld = true
  await choose(page, [fileOf('under-way.png', 1000), fileOf('large.png', 5000)])
  await page.locator('.s3u-rejection').waitFor()
  await start.click()
  await page.getByRole('progressbar', { name: /under-way/ }).waitFor()
  found.push(...(await wrong(busyLooks)))

  await page.locator('#outer .s3u-icon-button').first().hover()
  const hovered: Look[] = [
    ['.s3u-icon-button:hover', 'background-color', 'hover'],
    ['.s3u-icon-button:hover', 'color', 'text'],
  ]
  return [...found, ...(await wrong(hovered))]
}

const refusal = { error: { code: 'file-too-large', message: 'Too large.', retryable: false } }

function fileOf(name: string, size: number) {
  return { name, mimeType: 'image/png', buffer: Buffer.alloc(size) }
}

async function choose(page: Page, files: ReturnType<typeof fileOf>[]): Promise<void> {
  await page.locator('#outer input[type=file]').setInputFiles(files)
}
