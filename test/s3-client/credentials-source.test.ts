import { expect, test } from 'vitest'
import { resolveCredentials } from '../../src/s3-client/credentials-source.js'
import type { Credentials } from '../../src/sigv4/credentials.js'
import { exampleKey } from '../sigv4/generated-requests.js'

test('takes credentials as a value', async () => {
  expect(await resolveCredentials(exampleKey)).toBe(exampleKey)
})

test('asks a provider every time', async () => {
  let count = 0
  const provider = async () => ({ ...exampleKey, sessionToken: `token ${++count}` })

  await resolveCredentials(provider)
  const { sessionToken } = await resolveCredentials(provider)

  expect(sessionToken).toBe('token 2')
})

test('refuses what a provider gives that cannot sign', async () => {
  const provider = async () => ({ accessKeyId: 'x' }) as Credentials

  await expect(resolveCredentials(provider)).rejects.toThrow('have no secretAccessKey')
})

test("lets a provider's own error pass", async () => {
  const provider = () => Promise.reject(new Error('no role'))

  await expect(resolveCredentials(provider)).rejects.toThrow('no role')
})
