import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const key = 'a b/c+d&é'
const encoded = 'a%20b/c%2Bd%26%C3%A9'

async function filledS3() {
  const tools = signedS3()
  await tools.put(encoded, 'hello', { 'x-amz-storage-class': 'GLACIER_IR' })
  const uploadId = await tools.begin(encoded, { 'x-amz-storage-class': 'STANDARD_IA' })
  return { ...tools, uploadId }
}

describe('encoding-type', () => {
  it('is heeded by every listing', async () => {
    const { send, uploadId } = await filledS3()
    const prefix = encodeURIComponent('a b/')
    for (const request of [
      { query: `list-type=2&start-after=${prefix}&prefix=${prefix}` },
      { query: `marker=${prefix}&prefix=${prefix}` },
      { query: `uploads&prefix=${prefix}` },
      { key: encoded, query: `uploadId=${uploadId}` },
    ]) {
      const plain = await send({ method: 'GET', ...request })
      const query = `encoding-type=url&${request.query}`
      const { text } = await send({ method: 'GET', ...request, query })

      expect(plain.text).toContain(`<Key>${key.replace('&', '&amp;')}</Key>`)
      expect(text).toContain(`<Key>${encoded}</Key>`)
      expect(text).toContain('<EncodingType>url</EncodingType>')
      expect(text).not.toContain('a b/')
      const other = await send({ method: 'GET', ...request, query: query.replace('url', 'xml') })
      expect(other.code).toBe('InvalidArgument')
    }
  })
})

describe('a listing', () => {
  it('shows the storage class of each entry', async () => {
    const { send, uploadId } = await filledS3()
    const list = async (request: { key?: string; query: string }) =>
      (await send({ method: 'GET', ...request })).text

    expect(await list({ query: 'list-type=2' })).toContain('<StorageClass>GLACIER_IR<')
    expect(await list({ query: 'uploads' })).toContain('<StorageClass>STANDARD_IA<')
    expect(await list({ key: encoded, query: `uploadId=${uploadId}` })).toContain(
      '<StorageClass>STANDARD_IA<',
    )
  })

  it('shows owners in version 1, and in version 2 when asked', async () => {
    const { send } = await filledS3()
    const hasOwner = async (query: string) =>
      (await send({ method: 'GET', query })).text.includes('<Owner>')

    expect(await hasOwner('prefix=')).toBe(true)
    expect(await hasOwner('list-type=2')).toBe(false)
    expect(await hasOwner('list-type=2&fetch-owner=true')).toBe(true)
  })

  it('has no type but 2', async () => {
    const { code } = await signedS3().send({ method: 'GET', query: 'list-type=3' })

    expect(code).toBe('InvalidArgument')
  })
})
