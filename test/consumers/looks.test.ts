import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumLaunchOptions } from '../support/find-chromium.js'
import { packPackage } from './consumer-app.js'
import { describeLooks, describeLooksWithoutScripts, someSurroundings } from './describe-looks.js'
import { installLooks, type LooksApp } from './looks-app.js'
import { openLooks } from './looks-page.js'

let app: LooksApp
let browser: Browser

beforeAll(async () => {
  const tarball = await packPackage()
  app = await installLooks(tarball)
  await rm(dirname(tarball), { recursive: true })
  browser = await chromium.launch(chromiumLaunchOptions())
})

afterAll(async () => {
  await browser.close()
  await app.remove()
})

describe('built by vite', () => {
  describeLooks(
    () => app.serve('vite'),
    () => browser,
  )
})

describe.each(['webpack', 'esbuild', 'esbuild for the oldest browsers'] as const)(
  'built by %s',
  (build) => {
    describeLooks(
      () => app.serve(build),
      () => browser,
      { list: someSurroundings },
    )
  },
)

describe('built by next', () => {
  let served: Promise<Awaited<ReturnType<LooksApp['serveNext']>>> | undefined
  // Built once for both.
  const serve = () => (served ??= app.serveNext('start'))

  describeLooks(serve, () => browser, { isFromServer: true })
  describeLooksWithoutScripts(serve, () => browser)

  test('a server component arranges the parts itself', async () => {
    const { url } = await serve()
    const page = await browser.newPage()
    await page.goto(new URL('/parts', url).href)

    expect(await page.locator('.s3u').count()).toBe(2)
    const parts = page.locator('.s3u').filter({ has: page.locator('#photos') })
    expect(await parts.locator('[data-part=label]').textContent()).toBe('Photos')
    const chooser = page.waitForEvent('filechooser')
    await parts.locator('#photos[data-part=trigger]').click()
    await (await chooser).setFiles({
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('a'),
    })
    await parts.locator('[data-part=item]').waitFor()
    await page.close()
  })
})

describe.each([
  'Tailwind before',
  'Tailwind in a stated order',
  'Tailwind in one style sheet',
] as const)('with %s', (build) => {
  let url = ''
  let stop: () => Promise<void>

  beforeAll(async () => {
    ;({ url, stop } = await app.serve(build))
  })

  afterAll(() => stop?.())

  test('a utility wins', async () => {
    expect(await rootStyle('gap-8 text-lg')).toMatchObject({ gap: '32px', fontSize: '18px' })
  })

  test('a class in a layer of the app wins', async () => {
    expect(await rootStyle('card')).toMatchObject({ gap: '48px' })
  })

  test('a plain class wins', async () => {
    expect(await rootStyle('plain')).toMatchObject({ gap: '40px', textAlign: 'end' })
  })

  test('the reset of Tailwind takes no border, ground or space from us', async () => {
    expect(await rootStyle('none')).toEqual(ownStyle)
  })

  async function rootStyle(className: string) {
    return await styleOn(url, className)
  }
})

describe('with a reset that is in no layer, and our sheet without one', () => {
  test('the reset takes no border, ground or space from us', async () => {
    const { url, stop } = await app.serve('unlayered resets')

    const style = await styleOn(url, 'none').finally(stop)

    expect(style).toEqual(ownStyle)
  })
})

// Browsers round the border's 1.5 pixels down.
const ownStyle = {
  gap: '12px',
  fontSize: '15px',
  textAlign: 'start',
  border: '1px dashed rgb(131, 139, 153)',
  background: 'rgb(248, 249, 251)',
  radius: '14px',
}

async function styleOn(url: string, className: string) {
  const page = await openLooks(browser, url, {
    query: `className=${encodeURIComponent(className)}`,
  })
  const style = await page.evaluate(() => {
    const [root, trigger] = ['#outer .s3u', '#outer .s3u-trigger'].map((selector) =>
      getComputedStyle(document.querySelector(selector) ?? document.body),
    )
    return {
      gap: root?.gap,
      fontSize: root?.fontSize,
      textAlign: root?.textAlign,
      border: trigger?.borderTop,
      background: trigger?.backgroundColor,
      radius: trigger?.borderTopLeftRadius,
    }
  })
  await page.close()
  return style
}
