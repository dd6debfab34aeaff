import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const documents = {
  delete: '<Delete><Object><Key>a</Key></Object></Delete>',
  cors: corsDocument('<ExposeHeader>ETag</ExposeHeader>'),
  lifecycle:
    '<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>',
} as const

describe('a document that changes a bucket or deletes', () => {
  for (const [query, body] of Object.entries(documents)) {
    const request = { method: query === 'delete' ? 'POST' : 'PUT', query, body }

    it(`needs a digest: ${query}`, async () => {
      const { put, send, read } = signedS3()
      await put('a', 'hello')

      expect(await send(request)).toMatchObject({ status: 400, code: 'InvalidRequest' })
      expect(await read('a')).toBe('hello')
      for (const [name, algorithm] of [
        ['content-md5', 'md5'],
        ['x-amz-checksum-sha256', 'sha256'],
      ] as const) {
        const headers = { [name]: digestOf(algorithm, body) }
        expect((await send({ ...request, headers })).status).toBe(200)
      }
    })

    it(`needs none where the server is Ceph: ${query}`, async () => {
      expect((await signedS3({ profile: 'rgw16' }).send(request)).status).toBe(200)
    })
  }
})

describe('a CORS rule', () => {
  for (const [what, inside, code] of [
    ['an ID of 256 characters', `<ID>${'a'.repeat(256)}</ID>`, 'InvalidRequest'],
    ['a wildcard in ExposeHeader', '<ExposeHeader>x-amz-*</ExposeHeader>', 'InvalidRequest'],
    ['what no rule has', '<AllowCredentials>true</AllowCredentials>', 'NotImplemented'],
    [
      'two ages',
      '<MaxAgeSeconds>1</MaxAgeSeconds><MaxAgeSeconds>2</MaxAgeSeconds>',
      'MalformedXML',
    ],
  ] as const) {
    it(`cannot have ${what}`, async () => {
      const { send } = signedS3()
      const body = corsDocument(inside)
      const headers = { 'content-md5': digestOf('md5', body) }

      expect((await send({ method: 'PUT', query: 'cors', body, headers })).code).toBe(code)
      expect((await send({ method: 'GET', query: 'cors' })).code).toBe('NoSuchCORSConfiguration')
    })
  }
})

function corsDocument(inside: string): string {
  const rule = `<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>${inside}`
  return `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`
}

function digestOf(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('base64')
}
