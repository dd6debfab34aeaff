import { describe, expect, test } from 'vitest'
import { reachableFrom } from './reachable-files.js'

describe('the built server/index.js', () => {
  test('imports nothing of Node and nothing of its adapter', async () => {
    const { files, packages } = await reachableFrom('server/index.js')

    expect(packages.toSorted()).toEqual([
      '@noble/hashes/hmac.js',
      '@noble/hashes/sha2.js',
      'valibot',
    ])
    expect(files.filter((file) => /\/node\//.test(file))).toEqual([])
  })
})

describe('the built server/node/index.js', () => {
  test('imports modules of Node by their full names, and one optional package', async () => {
    const { packages } = await reachableFrom('server/node/index.js')
    const others = packages.filter((name) => !name.startsWith('node:'))

    expect(others.toSorted()).toEqual(['@aws-sdk/credential-providers'])
  })

  test('keeps the import of the optional package in a try, where bundlers let it be missing', async () => {
    const { sources } = await reachableFrom('server/node/index.js')
    const [source] = sources.filter((text) => text.includes('import("@aws-sdk/'))

    expect(source).toMatch(/try \{\s*return await import\("@aws-sdk\/credential-providers"\)/)
  })
})
