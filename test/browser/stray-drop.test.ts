import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const pages = () => suite.browser.contexts().flatMap((context) => context.pages())
let pagesBefore = 0

beforeEach(() => {
  pagesBefore = pages().length
})

/** Puts elements of the app beside the uploader, each large enough to be met. */
async function addToPage(html: string) {
  const { page } = suite.tab
  await page.locator('input[type=file]').first().waitFor({ state: 'attached' })
  await page.evaluate((markup) => {
    const place = document.body.appendChild(document.createElement('div'))
    place.id = 'beside'
    place.style.cssText = 'height: 200px'
    place.innerHTML = markup
  }, html)
}

async function uploadUnderWay() {
  await suite.tab.limitUpload(20_000)
  const path = await suite.folder.write('under-way.bin', 400_000)
  await suite.tab.page.locator('input[type=file]').first().setInputFiles(path)
  await suite.tab.page.getByRole('button', { name: 'Pause upload: under-way.bin' }).waitFor()
}

/** The page is where it was, nothing else has opened, and the upload goes on. */
async function expectToStay() {
  // What a browser opens, it opens at once.
  await suite.tab.page.waitForTimeout(500)
  expect(pages()).toHaveLength(pagesBefore)
  expect(suite.tab.page.url()).toContain(suite.app.url)
  await suite.tab.page.getByRole('button', { name: 'Pause upload: under-way.bin' }).waitFor()
}

it.each(['', '<textarea style="height: 100%"></textarea>', '<p contenteditable>Text</p>'])(
  'stays on the page when files and folders are dropped beside the uploader (on: %s)',
  async (html) => {
    await addToPage(html)
    await uploadUnderWay()
    const file = await suite.folder.write('outside.txt', 10)
    await suite.folder.write('folder/inside.txt', 10)

    await suite.tab.drop(html ? '#beside > *' : '#beside', [file])
    await suite.tab.drop(html ? '#beside > *' : '#beside', [join(suite.folder.path, 'folder')])

    await expectToStay()
    expect(await suite.tab.page.getByRole('listitem').count()).toBe(1)
  },
)

it('stays on the page when a link is dropped', async () => {
  await addToPage('')
  await uploadUnderWay()

  await suite.tab.dropData('#beside', { 'text/uri-list': `${suite.app.url}/elsewhere` })

  await expectToStay()
})

it('leaves text to a text field, and files to another file input', async () => {
  const { page } = suite.tab
  await addToPage('<textarea></textarea><input type="file" id="other">')
  const file = await suite.folder.write('theirs.txt', 10)

  await suite.tab.dropData('textarea', { 'text/plain': 'some words' })
  await suite.tab.drop('#other', [file])

  await expect.poll(() => page.locator('textarea').inputValue()).toBe('some words')
  const names = await page
    .locator('#other')
    .evaluate((input: HTMLInputElement) => [...(input.files ?? [])].map(({ name }) => name))
  expect(names).toEqual(['theirs.txt'])
})

it('leaves files to another drop target', async () => {
  const { page } = suite.tab
  await addToPage('')
  await page.locator('#beside').evaluate((target: HTMLElement) => {
    target.addEventListener('dragover', (event) => event.preventDefault())
    target.addEventListener('drop', (event) => {
      event.preventDefault()
      target.textContent = [...(event.dataTransfer?.files ?? [])].map(({ name }) => name).join()
    })
  })
  const file = await suite.folder.write('theirs.txt', 10)

  await suite.tab.drop('#beside', [file])

  await expect.poll(() => page.locator('#beside').textContent()).toBe('theirs.txt')
})

it.each([
  ['an empty folder', 'The folder is empty'],
  ['a link', 'No file came with this'],
])('says that %s gives nothing to upload', async (what, sentence) => {
  const { page } = suite.tab
  await page.getByRole('button', { name: /browse/ }).waitFor()

  if (what === 'a link') {
    await suite.tab.dropData('.s3u-trigger', { 'text/uri-list': `${suite.app.url}/elsewhere` })
  } else await suite.tab.drop('.s3u-trigger', [await suite.folder.makeFolder('empty')])

  await page.locator('.s3u-rejected').getByText(sentence).waitFor()
  await expect.poll(() => page.getByRole('status').textContent()).toContain(sentence)
})
