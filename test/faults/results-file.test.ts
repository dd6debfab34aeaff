import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openResults } from './results-file.js'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'))
  path = join(folder, 'campaign', 'results.jsonl')
})

afterEach(() => rm(folder, { recursive: true }))

it('a campaign that was stopped knows which seeds are done, and how they ended', () => {
  const results = [
    { seed: 3, problems: ['a file is gone'], facts: ': 2 files' },
    { seed: 1, problems: [], facts: ': 1 file' },
  ]
  for (const result of results) openResults(path, 'abc').add(result)

  expect(openResults(path, 'abc').earlier()).toMatchObject(results)
})

it('results of another commit do not count', () => {
  openResults(path, 'abc').add({ seed: 1, problems: [], facts: '' })

  expect(openResults(path, 'abd').earlier()).toEqual([])
})

it('a line that was cut off is run again', async () => {
  openResults(path, 'abc').add({ seed: 1, problems: [], facts: '' })
  await appendFile(path, '\n{"source":"abc","se')
  openResults(path, 'abc').add({ seed: 2, problems: [], facts: '' })

  const seeds = openResults(path, 'abc')
    .earlier()
    .map(({ seed }) => seed)

  expect(seeds).toEqual([1, 2])
})

it('there is nothing before the first result', () => {
  expect(openResults(path, 'abc').earlier()).toEqual([])
})
