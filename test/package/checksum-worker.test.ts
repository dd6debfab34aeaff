import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { bundle } from './bundle.js'

const built = (name: string) => readFile(repositoryPath(`dist/upload/checksum/${name}`), 'utf8')

test('the checksum worker lies where the built module looks for it, as bundlers know the expression', async () => {
  expect(await built('checksum.js')).toMatch(
    /new Worker\(new URL\("\.\/checksum-worker\.js", import\.meta\.url\), \{ type: "module" \}\)/,
  )
  expect(await built('checksum-worker.js')).toMatch(/addEventListener\(["']message["']/)
})

test('the checksum worker runs on its own', async () => {
  expect(await built('checksum-worker.js')).not.toMatch(/\b(?:import|export|require)\b/)
})

test('an app gets the checksum worker as a file, not as text in its own code', async () => {
  const { code } = await bundle('S3Uploader')

  expect(code).toMatch(/new Worker\(new URL\([^)]*checksum-worker[\w-]*\.js/)
  expect(code).not.toMatch(/data:\w+\/javascript/)
})
