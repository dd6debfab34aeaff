import { describe, expect, it } from 'vitest'
import { requirePolicy } from '../../../../src/testing/s3/forms/post-policy-check.js'
import { readPolicyDocument } from '../../../../src/testing/s3/forms/post-policy-document.js'

const expiration = '2030-01-01T00:00:00.000Z'
const nowMs = Date.parse('2029-12-31T00:00:00Z')

describe('readPolicyDocument', () => {
  it('reads both forms of a condition alike', () => {
    const object = read({ conditions: [{ Key: 'a' }] })
    const list = read({ conditions: [['eq', '$KEY', 'a']] })

    expect(object.conditions).toEqual([{ operator: 'eq', field: 'key', value: 'a' }])
    expect(list.conditions).toEqual(object.conditions)
  })

  it('keeps to all of several size ranges', () => {
    const conditions = [
      ['content-length-range', 1, 10],
      ['content-length-range', '5', '20'],
    ]

    expect(read({ conditions })).toMatchObject({ minBytes: 5, maxBytes: 10 })
  })

  it('sets no limit where the policy has none', () => {
    expect(read({ conditions: [] })).toMatchObject({
      minBytes: 0,
      maxBytes: Number.POSITIVE_INFINITY,
    })
  })

  for (const [what, policy] of [
    ['an unknown member', { conditions: [], Conditions: [] }],
    ['an expiration that is no text', { expiration: 1, conditions: [] }],
    ['an expiration with a blank', { expiration: '2030-01-01 00:00:00Z', conditions: [] }],
    ['conditions that are no list', { conditions: {} }],
    ['a condition that is a text', { conditions: ['key'] }],
    ['a value that is a number', { conditions: [{ key: 1 }] }],
    ['a field without its sign', { conditions: [['eq', 'key', 'a']] }],
    ['an operator in capitals', { conditions: [['EQ', '$key', 'a']] }],
    ['a range with a negative end', { conditions: [['content-length-range', -1, 5]] }],
  ]) {
    it(`refuses ${what}`, () => {
      expect(() => read(policy as object)).toThrow(
        expect.objectContaining({ code: 'InvalidPolicyDocument' }),
      )
    })
  }

  it('refuses text that is no base64', () => {
    expect(() => readPolicyDocument('***')).toThrow(
      expect.objectContaining({ code: 'InvalidPolicyDocument' }),
    )
  })
})

describe('requirePolicy', () => {
  const fields = { key: 'photos/a.jpg', policy: '…', 'x-amz-signature': '…' }

  it('accepts a form that meets every condition', () => {
    expect(() => check([{ bucket: 'photos' }, ['starts-with', '$key', 'photos/']])).not.toThrow()
  })

  it('ends with the very moment of its expiration', () => {
    expect(() => check([{ key: 'photos/a.jpg' }], fields, Date.parse(expiration))).toThrow(
      'Invalid according to Policy: Policy expired.',
    )
  })

  it('names the first condition that is not met', () => {
    expect(() => check([{ bucket: 'photos' }, { key: 'other' }, { bucket: 'other' }])).toThrow(
      'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "other"]',
    )
  })

  it('names every field without a condition', () => {
    const more = { ...fields, acl: 'private', 'x-amz-date': '…', 'x-ignore-me': '' }

    expect(() => check([{ key: 'photos/a.jpg' }], more)).toThrow(
      'Invalid according to Policy: Extra input fields: acl, x-amz-date',
    )
  })
})

function read(policy: object) {
  return readPolicyDocument(btoa(JSON.stringify({ expiration, ...policy })))
}

function check(
  conditions: readonly unknown[],
  fields: Record<string, string> = { key: 'photos/a.jpg' },
  timeMs = nowMs,
) {
  const subject = { bucket: 'photos', fields: new Map(Object.entries(fields)), nowMs: timeMs }
  requirePolicy(read({ conditions }), subject)
}
