import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser-page.js'
import { channelsOf, tokensOf } from '../support/look-tokens.js'
import { repositoryPath } from '../support/repository-path.js'

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'))
  await build({
    configFile: repositoryPath('demo/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

test.each(['light', 'dark'] as const)(
  'the demo, built for production, is %s on a system that is',
  async (scheme) => {
    const page = await browser.newPage({ colorScheme: scheme })
    await page.route('http://demo.test/**', async (route) => {
      const { pathname } = new URL(route.request().url())
      const path = join(folder, pathname === '/' ? 'index.html' : pathname)
      if (existsSync(path)) return route.fulfill({ path })
      return route.fulfill({ json: { description: 'a bucket', files: [storedFile] } })
    })
    await page.goto('http://demo.test/')
    await page.getByRole('button', { name: 'Download a.png' }).waitFor()

    const seen = await page.evaluate(() =>
      [
        ['.s3u', 'color'],
        ['.s3u-trigger', 'background-color'],
        ['.s3u-download', 'color'],
        ['.s3u-download .s3u-button', 'background-color'],
        ['body', 'background-color'],
        ['.size', 'color'],
      ].map(([selector = '', property = '']) => {
        const element = document.querySelector(selector)
        return element && getComputedStyle(element).getPropertyValue(property)
      }),
    )
    await page.close()

    const { text, zone, surface } = tokensOf[scheme]
    const own = { light: ['#f6f7f9', '#5b6470'], dark: ['#101216', '#a3abb5'] }[scheme]
    const expected = [text, zone, text, surface, ...own]
    expect(seen).toEqual(expected.map((hex) => `rgb(${channelsOf(hex).join(', ')})`))
  },
)

const storedFile = { key: 'a.png', size: 1000, lastModified: '2026-11-29T00:00:00Z' }
