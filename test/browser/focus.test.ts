import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const focusedName = () =>
  suite.tab.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  )

it('opens the file dialog from the keyboard', async () => {
  const { page } = suite.tab
  await page.getByRole('button', { name: /browse files/ }).waitFor()
  const dialog = page.waitForEvent('filechooser')

  await page.bringToFront()
  await page.keyboard.press('Tab')
  await page.locator('button:focus').waitFor()
  await page.keyboard.press('Enter')

  expect((await dialog).isMultiple()).toBe(true)
})

it('keeps the keyboard focus in the list while files are removed, then gives it to the button', async () => {
  const { page } = suite.tab
  const paths = await Promise.all(
    ['a.txt', 'b.txt', 'c.txt'].map((name) => suite.folder.write(name, 10)),
  )
  await page.locator('input[type=file]').setInputFiles(paths)
  await expect.poll(() => suite.app.uploads.length).toBe(3)
  await page.getByRole('button', { name: /b\.txt/ }).focus()

  const focused: unknown[] = []
  for (let removals = 0; removals < 3; removals += 1) {
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('listitem').count()).toBe(2 - removals)
    focused.push(await focusedName())
  }

  expect(focused[0]).toContain('c.txt')
  expect(focused[1]).toContain('a.txt')
  expect(focused[2]).toContain('browse files')
})
