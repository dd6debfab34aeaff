import { expect, test } from 'vitest'
import { namedRegion } from '../../src/s3/named-region.js'
import { parseS3Error } from '../../src/s3/s3-error.js'

const hints = (body: string, headers: Record<string, string> = {}) => ({
  headers: new Headers(headers),
  body,
  error: parseS3Error(body),
})
const error = (inside: string) => `<Error><Code>TemporaryRedirect</Code>${inside}</Error>`

test.each([
  ['the header', hints('', { 'x-amz-bucket-region': 'eu-west-1' })],
  ['the element', hints(error('<Region>eu-west-1</Region>'))],
  ['the endpoint', hints(error('<Endpoint>photos.s3-eu-west-1.amazonaws.com</Endpoint>'))],
  ['the endpoint of today', hints(error('<Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>'))],
  ['the place', hints('', { location: 'https://p.s3.dualstack.eu-west-1.amazonaws.com/a?b' })],
  [
    'the sentence',
    hints(error("<Message>the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message>")),
  ],
])('reads the region from %s', (_, refusal) => {
  expect(namedRegion(refusal)).toBe('eu-west-1')
})

test.each([
  ['nothing', hints('')],
  ['another endpoint', hints(error('<Endpoint>s3.example.com</Endpoint>'))],
  ['the endpoint of all regions', hints(error('<Endpoint>photos.s3.amazonaws.com</Endpoint>'))],
  ['a page', hints('<html>', { location: 'https://login.example.com/' })],
])('reads none from %s', (_, refusal) => {
  expect(namedRegion(refusal)).toBeUndefined()
})
