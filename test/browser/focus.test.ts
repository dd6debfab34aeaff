import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const focusedName = () =>
  suite.tab.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  )

it('opens the file dialog from the keyboard', async () => {
  const { page } = suite.tab
  await page.getByRole('button', { name: /browse/ }).waitFor()
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
  expect(focused[2]).toContain('browse')
})

/** What a screen reader is told of the element that has the focus. */
async function focusedNode() {
  const { page } = suite.tab
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const isFocused = (node: (typeof nodes)[number]) =>
    node.properties?.some(({ name, value }) => name === 'focused' && value.value === true)
  const node = nodes.filter(({ role }) => role?.value !== 'RootWebArea').find(isFocused)
  await session.detach()
  return { role: node?.role?.value as unknown, name: node?.name?.value as unknown }
}

async function chooseSlowly(...names: string[]) {
  const { page } = suite.tab
  await page.goto(`${suite.app.url}/?props={"name":"attachments"}`)
  const paths = await Promise.all(names.map((name) => suite.folder.write(name, 200_000)))
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
  await suite.tab.limitUpload(40_000)
  await page.locator('input[type=file]').setInputFiles(paths)
}

it('takes no receipt out of the form when Enter meets the end of the last upload', async () => {
  const { page } = suite.tab
  await chooseSlowly('a.bin', 'b.bin')
  await page.getByRole('button', { name: 'Pause all' }).focus()

  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)
  await page.getByText('All 2 files uploaded').first().waitFor()
  await expect.poll(focusedNode).toEqual({ role: 'paragraph', name: 'All 2 files uploaded' })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Space')

  expect(await page.getByRole('listitem').count()).toBe(2)
  expect(await page.locator('input[name=attachments]').count()).toBe(2)
})

it('tells a screen reader of the file whose button has gone, and the Tab key goes on from there', async () => {
  const { page } = suite.tab
  await chooseSlowly('a.bin')
  await page.getByRole('button', { name: 'Pause upload: a.bin' }).focus()

  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)

  await expect
    .poll(focusedNode)
    .toEqual({ role: 'listitem', name: expect.stringMatching(/a\.bin.*Uploaded/) })
  await page.keyboard.press('Tab')
  expect(await focusedNode()).toEqual({ role: 'button', name: 'Remove file: a.bin' })
})
