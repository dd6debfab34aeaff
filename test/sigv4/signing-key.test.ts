import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { toHex } from '../../src/sigv4/crypto.js'
import { credentialScope, importedSigningKey, signingKey } from '../../src/sigv4/signing-key.js'
import { exampleKey } from './generated-requests.js'
import { postPolicies, presignedUrls } from './vectors.js'

const { secretAccessKey } = exampleKey
const region = 'us-east-1'

test('credentialScope names day, region and service', () => {
  const date = new Date('2015-12-29T23:59:59Z')

  expect(credentialScope(date, region)).toBe('20151229/us-east-1/s3/aws4_request')
  expect(credentialScope(date, region, 'sts')).toBe('20151229/us-east-1/sts/aws4_request')
})

test.each([
  [postPolicies.date, postPolicies.signingKey],
  [presignedUrls.documentation.date, presignedUrls.documentation.signingKey],
])('derives the key AWS documents for %s', async (date, expected) => {
  const key = signingKey({ secretAccessKey, date: new Date(date), region })

  expect(toHex(key)).toBe(expected)
})

test('derives another key for another day, region, service and secret', async () => {
  const input = { secretAccessKey, date: new Date('2015-12-29T00:00:00Z'), region }
  const inputs = [
    input,
    { ...input, date: new Date('2015-12-30T00:00:00Z') },
    { ...input, region: 'eu-west-1' },
    { ...input, service: 'sts' },
    { ...input, secretAccessKey: 'another' },
  ]

  const keys = inputs.map((each) => signingKey(each))

  expect(keys.map(toHex)).toEqual(inputs.map(deriveWithNode))
  expect(new Set(keys.map(toHex)).size).toBe(inputs.length)
})

test('derives a key once a day', () => {
  const morning = { secretAccessKey, date: new Date('2020-01-01T00:00:00Z'), region }
  const evening = { ...morning, date: new Date('2020-01-01T23:59:59Z') }

  expect(importedSigningKey(evening)).toBe(importedSigningKey(morning))
})

test('forgets the oldest key when many are in use', async () => {
  const date = new Date('2020-01-01T00:00:00Z')
  const first = signingKey({ secretAccessKey: 'tenant', date, region })

  for (let tenant = 0; tenant < 100; tenant++) {
    signingKey({ secretAccessKey: `tenant ${tenant}`, date, region })
  }

  expect(signingKey({ secretAccessKey: 'tenant', date, region })).not.toBe(first)
})

function deriveWithNode(input: {
  secretAccessKey: string
  date: Date
  region: string
  service?: string
}): string {
  const day = input.date.toISOString().slice(0, 10).replaceAll('-', '')
  const steps = [day, input.region, input.service ?? 's3', 'aws4_request']
  let key: Buffer | string = `AWS4${input.secretAccessKey}`
  for (const step of steps) key = createHmac('sha256', key).update(step).digest()
  return Buffer.from(key).toString('hex')
}
