import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

const sources = {
  'server.ts': `
    import { createSigningHandler } from 's3-direct-upload/server'
    import { configFromEnv, toNodeListener } from 's3-direct-upload/server/node'
    import { createTestS3 } from 's3-direct-upload/testing'
    import { startTestS3 } from 's3-direct-upload/testing/node'
    export const listener = toNodeListener(
      createSigningHandler({ ...configFromEnv(), authorize: () => ({ owner: 'ada' }) }),
    )
    export { createTestS3, startTestS3 }`,
  'page.tsx': `
    import { S3Uploader } from 's3-direct-upload'
    import { S3DirectUpload } from 's3-direct-upload/uppy'
    export const page = <S3Uploader endpoint="/api/s3" />
    export { S3DirectUpload }`,
}

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'declarations-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(repositoryPath(''), join(folder, 'node_modules/s3-direct-upload'))
  for (const name of ['react', '@types']) {
    await symlink(repositoryPath(`node_modules/${name}`), join(folder, 'node_modules', name))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, name), source)
})

afterAll(() => rm(folder, { recursive: true }))

/** What docs/deployment.md says that users need, and no `skipLibCheck`. */
describe.each([
  ['node16', ['--module', 'node16']],
  ['nodenext', ['--module', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
])('with the modules of %s, the declarations compile', (_name, modules) => {
  test('on a server with @types/node and without the types of a page', () => {
    expect(compile('server.ts', [...modules, '--lib', 'es2022', '--types', 'node'])).toBe('')
  })

  test('in a page with the library `esnext`', () => {
    const lib = 'esnext,dom,dom.iterable'

    expect(compile('page.tsx', [...modules, '--jsx', 'react-jsx', '--lib', lib])).toBe('')
  })
})

test('a server without @types/node is what the documentation warns of', () => {
  const options = ['--module', 'node16', '--lib', 'es2022', '--types', '']

  expect(compile('server.ts', options)).toContain("Cannot find name 'Request'")
})

test('of a page with an older library, only a declaration of Uppy’s complains', () => {
  const options = ['--module', 'node16', '--jsx', 'react-jsx', '--lib', 'es2022,dom,dom.iterable']
  const lines = compile('page.tsx', options).trim().split('\n')

  expect(lines.map((line) => /@uppy\/core\S*\): (.*?)\./.exec(line)?.[1])).toEqual([
    "error TS2550: Property 'dispose' does not exist on type 'SymbolConstructor'",
  ])
})

function compile(file: string, options: readonly string[]): string {
  const tsc = repositoryPath('node_modules/typescript/bin/tsc')
  const always = ['--noEmit', '--strict', '--target', 'es2022', '--pretty', 'false']
  const args = [tsc, ...always, ...options, file]
  return spawnSync(process.execPath, args, { cwd: folder }).stdout.toString()
}
