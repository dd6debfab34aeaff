import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

describe.each(['GLACIER', 'DEEP_ARCHIVE'])('an object of the class %s', (storageClass) => {
  it('is known, and its bytes are out of reach', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello', { 'x-amz-storage-class': storageClass })

    const head = await send({ method: 'HEAD', key: 'a' })
    const got = await send({ method: 'GET', key: 'a' })
    const copied = await send({
      method: 'PUT',
      key: 'b',
      headers: { 'x-amz-copy-source': 'photos/a' },
    })

    expect(head.status).toBe(200)
    expect([got.status, got.code]).toEqual([403, 'InvalidObjectState'])
    expect([copied.status, copied.code]).toEqual([403, 'ObjectNotInActiveTierError'])
  })
})

it('gives out an object of the archive that answers at once', async () => {
  const { put, read } = signedS3()
  await put('a', 'hello', { 'x-amz-storage-class': 'GLACIER_IR' })

  expect(await read('a')).toBe('hello')
})
