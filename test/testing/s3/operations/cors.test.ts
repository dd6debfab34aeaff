import { describe, expect, it } from 'vitest'
import { findCorsRule } from '../../../../src/testing/s3/operations/cors.js'

const rules = [
  {
    id: 'app',
    allowedOrigins: ['https://app.example.com'],
    allowedMethods: ['PUT'],
    allowedHeaders: ['Content-Type', 'x-amz-*'],
  },
  { id: 'ports', allowedOrigins: ['http://localhost:*'], allowedMethods: ['POST'] },
  { id: 'all', allowedOrigins: ['*'], allowedMethods: ['GET'], allowedHeaders: ['*'] },
  { id: 'late', allowedOrigins: ['*'], allowedMethods: ['GET', 'PUT'] },
]

describe('findCorsRule', () => {
  for (const [origin, method, headers, id] of [
    ['https://app.example.com', 'PUT', [], 'app'],
    ['https://app.example.com', 'PUT', ['content-type', 'x-amz-meta-a'], 'app'],
    ['https://app.example.com', 'PUT', ['content-type', 'x-other'], undefined],
    ['https://APP.example.com', 'PUT', [], 'late'],
    ['https://app.example.com.evil.com', 'PUT', ['content-type'], undefined],
    ['http://localhost:3000', 'POST', [], 'ports'],
    ['http://localhost', 'POST', [], undefined],
    ['http://localhost:3000', 'POST', ['content-type'], undefined],
    ['https://any.example.com', 'GET', ['x-anything'], 'all'],
    ['https://any.example.com', 'DELETE', [], undefined],
  ] as const) {
    const what = [method, `from ${origin}`, ...headers].join(' ')
    it(`finds ${id ?? 'no rule'} for ${what}`, () => {
      expect(findCorsRule(rules, { origin, method, headers })?.id).toBe(id)
    })
  }

  it('does not let the ends of a pattern overlap', () => {
    const rule = { allowedOrigins: ['https://a*a.example'], allowedMethods: ['GET'] }
    const question = { origin: 'https://a.example', method: 'GET', headers: [] }

    expect(findCorsRule([rule], question)).toBeUndefined()
  })
})
