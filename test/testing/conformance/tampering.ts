import { expect } from 'vitest'
import { type Check, conformanceRow } from './conformance-row.js'
import { formRequest } from './post-form.js'
import type { S3UnderTest } from './s3-under-test.js'

const formOutcomes = {
  key: '403 AccessDenied',
  'Content-Type': '403 AccessDenied',
  'x-amz-meta-color': '403 AccessDenied',
  success_action_status: '403 AccessDenied',
  'x-amz-algorithm': '400 InvalidArgument',
  'x-amz-credential': '403 InvalidAccessKeyId',
  'x-amz-date': '403 AccessDenied',
  policy: '403 SignatureDoesNotMatch',
  'x-amz-signature': '403 SignatureDoesNotMatch',
} as const

const queryOutcomes = {
  'X-Amz-Algorithm': '400 AuthorizationQueryParametersError',
  'X-Amz-Credential': '403 InvalidAccessKeyId',
  'X-Amz-Date': '403 SignatureDoesNotMatch',
  'X-Amz-Expires': '403 SignatureDoesNotMatch',
  'X-Amz-SignedHeaders': '403 AccessDenied',
  'X-Amz-Signature': '403 SignatureDoesNotMatch',
} as const

const putOutcomes = { ...queryOutcomes, 'x-amz-meta-color': '403 SignatureDoesNotMatch' } as const
const getOutcomes = {
  ...queryOutcomes,
  'response-content-type': '403 SignatureDoesNotMatch',
} as const

/** One character changed, once in each thing that a signature covers. */
export const tampering = conformanceRow('tampering', (check) => {
  formChecks(check)
  putChecks(check)
  getChecks(check)
})

function formChecks(check: Check) {
  for (const [field, outcome] of Object.entries(formOutcomes)) {
    check(`answers ${outcome} to a change in the form field ${field}`, async (s3) => {
      const key = s3.newKey()
      const fields = s3.signForm({
        key,
        'Content-Type': 'image/png',
        'x-amz-meta-color': 'red',
        success_action_status: '201',
      })
      const tampered = { ...fields, [field]: flipped(field, fields[field] ?? '') }
      const before = await count(s3)
      const response = await s3.send(formRequest(s3.bucketUrl, tampered, { content: 'hello' }))

      expect(await count(s3)).toBe(before)
      expect(response.outcome).toBe(outcome)
    })
  }
}

function putChecks(check: Check) {
  for (const [parameter, outcome] of Object.entries(putOutcomes)) {
    check(`answers ${outcome} to a change in ${parameter} of a presigned PUT`, async (s3) => {
      const url = s3.url(s3.newKey(), '?x-amz-meta-color=red')
      const request = await s3.presigned({ method: 'PUT', url, body: 'hello' })
      const before = await count(s3)
      const response = await s3.send({ ...request, url: tamper(request.url, parameter) })

      expect(await count(s3)).toBe(before)
      expect(response.outcome).toBe(outcome)
    })
  }
}

function getChecks(check: Check) {
  for (const [parameter, outcome] of Object.entries(getOutcomes)) {
    check(`answers ${outcome} to a change in ${parameter} of a presigned GET`, async (s3) => {
      const key = await s3.put('hello')
      const url = s3.url(key, '?response-content-type=text%2Fplain')
      const request = await s3.presigned({ method: 'GET', url })
      const response = await s3.send({ ...request, url: tamper(request.url, parameter) })

      expect(response.outcome).toBe(outcome)
    })
  }
}

function tamper(url: string, parameter: string): string {
  const tampered = new URL(url)
  const value = tampered.searchParams.get(parameter) ?? ''
  tampered.searchParams.set(parameter, flipped(parameter, value))
  return tampered.href
}

/** Changes one character so that the value still looks like one. */
function flipped(name: string, value: string): string {
  const index = indexToChange(name, value)
  const character = value.charAt(index)
  const next = character === 'b' ? 'c' : 'b'
  const other = /\d/.test(character) ? String((Number(character) + 1) % 10) : next
  return value.slice(0, index) + other + value.slice(index + 1)
}

/** The last digit of a time or duration, the fifth letter of an access key, else the first character. */
function indexToChange(name: string, value: string): number {
  if (/date$/i.test(name)) return value.length - 2
  if (/expires$/i.test(name)) return value.length - 1
  return /credential$/i.test(name) ? 4 : 0
}

/** How many objects the bucket has. */
async function count(s3: S3UnderTest): Promise<string> {
  const url = `${s3.bucketUrl}?list-type=2`
  const { text } = await s3.sendSigned({ method: 'GET', url })
  return /<KeyCount>(\d+)<\/KeyCount>/.exec(text)?.[1] ?? 'unknown'
}
