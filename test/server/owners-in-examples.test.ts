import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

/** An owner that comes straight from what the page sends, and not from a session. */
const chosenByPage = /owner:[^,}\n]*\b(?:headers?|searchParams|query|body|formData|params)\b/

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(repositoryPath(folder), { recursive: true })
  return names
    .filter((name) => !name.includes('node_modules') && /\.(?:md|jsx?|tsx?|py|go)$/.test(name))
    .map((name) => `${folder}/${name}`)
}

test('no example lets the page choose its owner', async () => {
  const folders = await Promise.all(['docs', 'examples', 'demo', 'stories'].map(filesIn))
  const found: string[] = []
  for (const file of ['README.md', ...folders.flat()]) {
    const lines = (await readFile(repositoryPath(file), 'utf8')).split('\n')
    found.push(...lines.filter((line) => chosenByPage.test(line)).map((line) => `${file}: ${line}`))
  }

  expect(chosenByPage.test("authorize: (r) => ({ owner: r.headers.get('x-user') })")).toBe(true)
  expect(found).toEqual([])
})
