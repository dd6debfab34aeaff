import { expect, test } from 'vitest'
import { type Credentials, requireCredentials } from '../../src/sigv4/credentials.js'
import { exampleKey } from './generated-requests.js'

test('takes credentials that can sign', () => {
  expect(requireCredentials(exampleKey)).toBe(exampleKey)
})

test.each([
  ['accessKeyId', { accessKeyId: '', secretAccessKey: 'x' }],
  ['secretAccessKey', { accessKeyId: 'x' }],
  ['accessKeyId', undefined],
])('names the missing %s', (missing, credentials) => {
  const taking = () => requireCredentials(credentials as Credentials)

  expect(taking).toThrow(`the credentials have no ${missing}`)
})

test.each(['accessKeyId', 'secretAccessKey', 'sessionToken'])(
  'refuses white space around the %s without repeating it',
  (field) => {
    const taking = () => requireCredentials({ ...exampleKey, [field]: 'hunter2\n' })

    expect(taking).toThrow(`the ${field} of the credentials begins or ends with`)
    expect(taking).not.toThrow('hunter2')
  },
)
