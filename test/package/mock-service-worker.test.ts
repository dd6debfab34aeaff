import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

// When this fails after an update of MSW: npx msw init .storybook/public --no-save
test('Storybook serves the worker script of the installed MSW', async () => {
  const served = await readFile(repositoryPath('.storybook/public/mockServiceWorker.js'), 'utf8')
  const installed = repositoryPath('node_modules/msw/lib/mockServiceWorker.js')

  expect(served).toBe(await readFile(installed, 'utf8'))
})
