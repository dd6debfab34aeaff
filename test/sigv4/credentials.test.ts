import { expect, test } from 'vitest'
import { type Credentials, resolveCredentials } from '../../src/sigv4/credentials.js'
import { exampleKey } from './generated-requests.js'

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

test.each([
  ['accessKeyId', { accessKeyId: '', secretAccessKey: 'x' }],
  ['secretAccessKey', { accessKeyId: 'x' }],
  ['accessKeyId', undefined],
])('names the missing %s', async (missing, credentials) => {
  const provider = async () => credentials as Credentials

  await expect(resolveCredentials(provider)).rejects.toThrow(`the credentials have no ${missing}`)
})

test("lets a provider's own error pass", async () => {
  const provider = () => Promise.reject(new Error('no role'))

  await expect(resolveCredentials(provider)).rejects.toThrow('no role')
})

test.each(['accessKeyId', 'secretAccessKey', 'sessionToken'])(
  'refuses white space around the %s without repeating it',
  async (field) => {
    const asked = resolveCredentials(async () => ({ ...exampleKey, [field]: 'hunter2\n' }))

    await expect(asked).rejects.toThrow(`the ${field} of the credentials begins or ends with`)
    await expect(asked).rejects.not.toThrow('hunter2')
  },
)
