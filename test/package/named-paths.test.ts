import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

const folders = ['docs', 'docs/decisions', 'bench', '']

test('each path of this repository that a page names leads somewhere', async () => {
  const pages = (await Promise.all(folders.map(pagesIn))).flat()
  const texts = await Promise.all(
    pages.map(async (page) => ({ page, text: await readFile(repositoryPath(page), 'utf8') })),
  )

  expect(texts.flatMap(({ page, text }) => lostPaths(page, text))).toEqual([])
})

test('a path that was moved is found', () => {
  const text = 'See `src/upload/nowhere.ts`, `src/upload/` and `test/package/build.ts`.'

  expect(lostPaths('page.md', text)).toEqual([
    'page.md: src/upload/nowhere.ts is not there. Name the new path.',
  ])
})

async function pagesIn(folder: string): Promise<string[]> {
  const names = await readdir(repositoryPath(folder))
  const pages = names.filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
  return pages.map((name) => (folder ? `${folder}/${name}` : name))
}

function lostPaths(page: string, text: string): string[] {
  const named = text.matchAll(/`((?:src|test|scripts|bench|docs|stories|demo)\/[\w./-]+)`/g)
  const lost = Array.from(named, ([, path = '']) => path).filter(
    (path) => !existsSync(repositoryPath(path)),
  )
  return lost.map((path) => `${page}: ${path} is not there. Name the new path.`)
}
