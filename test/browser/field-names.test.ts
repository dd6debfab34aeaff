import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite('/fields.html')

/** What a screen reader is told of the elements of a role. */
async function nodesOf(role: string) {
  const { page } = suite.tab
  await page.getByRole('button', { name: 'Receipts' }).waitFor()
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const found = nodes.filter((node) => !node.ignored && node.role?.value === role)
  return found.map(({ name, description }) => [name?.value, description?.value] as unknown[])
}

it('gives every field its own name, to its button and to its group', async () => {
  const names = ['Contract', 'Photos', 'Letters', 'Receipts']
  const text = 'Drop files here or browse'

  expect(await nodesOf('button')).toEqual([
    ['Contract', text],
    ['Photos', text],
    ['Letters', text],
    ['Receipts', `${text} Add one.`],
  ])
  expect((await nodesOf('group')).map(([name]) => name)).toEqual(names)
})

it('opens the dialog of the field whose label is clicked', async () => {
  const { page } = suite.tab
  const dialog = page.waitForEvent('filechooser')

  await page.getByText('Photos', { exact: true }).click()

  await dialog
  expect(await page.locator('#photos').evaluate((button) => button.tagName)).toBe('BUTTON')
})
