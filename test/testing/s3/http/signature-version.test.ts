import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { credentials, signedS3 } from '../signed-s3.js'

const target = 'https://s3.test/photos'
const expires = Math.floor(Date.now() / 1000) + 600
const hmac = (text: string) =>
  createHmac('sha1', credentials.secretAccessKey).update(text).digest('base64')

describe('Signature Version 2 is refused with the way to Version 4', () => {
  for (const [method, resource] of [
    ['GET', 'a.txt'],
    ['PUT', 'a.txt'],
    ['GET', ''],
  ] as const) {
    it(`in the URL of a ${method} of "${resource}"`, async () => {
      const query = new URLSearchParams({
        AWSAccessKeyId: credentials.accessKeyId,
        Expires: String(expires),
        Signature: hmac(`${method}\n\n\n${expires}\n/photos/${resource}`),
      })
      await expectRefusal(new Request(`${target}/${resource}?${query}`, { method }))
    })
  }

  it('in the Authorization header', async () => {
    const date = new Date().toUTCString()
    const signature = hmac(`GET\n\n\n${date}\n/photos/a.txt`)
    const authorization = `AWS ${credentials.accessKeyId}:${signature}`
    await expectRefusal(new Request(`${target}/a.txt`, { headers: { date, authorization } }))
  })

  it('in a form', async () => {
    const form = new FormData()
    const policy = btoa(JSON.stringify({ expiration: '2100-01-01T00:00:00Z', conditions: [] }))
    form.append('key', 'a.txt')
    form.append('AWSAccessKeyId', credentials.accessKeyId)
    form.append('policy', policy)
    form.append('signature', hmac(policy))
    form.append('file', new Blob(['hello']))
    await expectRefusal(new Request(target, { method: 'POST', body: form }))
  })
})

async function expectRefusal(request: Request): Promise<void> {
  const { s3, fetchOutcome } = signedS3()
  const { status, code, text } = await fetchOutcome(request)

  expect([status, code]).toEqual([400, 'InvalidRequest'])
  expect(text).toContain('AWS4-HMAC-SHA256 (Signature Version 4)')
  expect(await s3.objects('photos')).toEqual([])
}
