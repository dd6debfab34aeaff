import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

/** The page within another, in a frame with this sandbox. */
async function openFrame(sandbox: string) {
  suite.app.serve({
    // A page without an origin may load modules only so.
    headers: { 'access-control-allow-origin': '*' },
    files: {
      '/outer.html': `<iframe sandbox="${sandbox}" src="/" width="700" height="600"></iframe>`,
    },
  })
  await suite.tab.page.goto(`${suite.app.url}/outer.html`)
  return suite.tab.page.frameLocator('iframe')
}

it('a sandboxed frame, whose requests say “Origin: null”, is told so at once, and what to change', async () => {
  const frame = await openFrame('allow-scripts')

  await frame.locator('input[type=file]').setInputFiles(await suite.folder.write('a.txt', 10))
  await frame.locator('li[data-status=failed]').waitFor({ timeout: 15_000 })

  const message = await frame.locator('html').getAttribute('data-error')
  expect(message).toContain('allow-same-origin')
  expect(suite.app.uploads).toEqual([])
})

it('a frame that keeps its origin uploads', async () => {
  const frame = await openFrame('allow-scripts allow-same-origin')

  await frame.locator('input[type=file]').setInputFiles(await suite.folder.write('a.txt', 10))

  await expect.poll(() => suite.app.uploads.length).toBe(1)
})
