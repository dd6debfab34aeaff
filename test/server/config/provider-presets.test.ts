import type { Provider, SigningOptions } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import type { FileDescription } from '../../../src/protocol/operations.js'
import { partSize, planParts } from '../../../src/s3/part-plan.js'
import { resolveOptions } from '../../../src/server/config/signing-config.js'
import { createTestHandler, options } from '../handler-setup.js'
import { bytesFrom, createUploadPair, methods } from '../upload-pair.js'

const gibibyte = 2 ** 30
const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
const bytes = bytesFrom('The bytes of a photo.')

/** What the browser gets for a file that names its checksum. */
async function signedBy(
  changes: Partial<SigningOptions>,
  description: Partial<FileDescription> = {},
) {
  const signed = await createTestHandler(changes).signOne({ checksum, ...description })
  const sent = 'headers' in signed ? signed.headers : 'fields' in signed ? signed.fields : {}
  return { ...signed, names: Object.keys(sent) }
}

function facts(changes: Partial<SigningOptions>) {
  const { location, method, overwrite, checksums, multipart, rules } = resolveOptions(
    {
      ...options,
      ...changes,
    },
    systemRuntime,
  )
  return { location, method, overwrite, checksums, multipart, rules }
}

describe('a provider', () => {
  it('is Amazon unless another one is named, and that changes nothing', () => {
    expect(facts({})).toEqual(facts({ provider: 'aws' }))
    expect(facts({})).toMatchObject({ method: 'POST', overwrite: 'refuse', checksums: true })
    expect(facts({}).location.forcePathStyle).toBeUndefined()
  })

  it.each<[Provider, method: string, overwrite: string, checksums: boolean, isPathStyle?: boolean]>(
    [
      ['aws', 'POST', 'refuse', true],
      ['r2', 'PUT', 'refuse', false, true],
      ['minio', 'POST', 'refuse', true, true],
      ['ceph', 'POST', 'refuse', true, true],
      ['generic', 'PUT', 'allow', false],
    ],
  )(
    '%s has %s, overwrite %s, checksums %s',
    (provider, method, overwrite, checksums, isPathStyle) => {
      const { location, ...others } = facts({ provider })

      expect(others).toMatchObject({ method, overwrite, checksums })
      expect(location.forcePathStyle).toBe(isPathStyle)
    },
  )

  it('gives way to every option that the app sets', () => {
    const set = { method: 'POST', overwrite: 'refuse', checksums: true } as const

    expect(facts({ provider: 'generic', ...set, forcePathStyle: true })).toMatchObject({
      ...set,
      location: { forcePathStyle: true },
    })
  })

  it.each<[Provider, present: string[], absent: string[]]>([
    ['r2', ['if-none-match'], ['x-amz-checksum-sha256']],
    ['generic', ['content-type'], ['if-none-match', 'x-amz-checksum-sha256']],
  ])('%s is sent %j and not %j', async (provider, present, absent) => {
    const { method, names } = await signedBy({ provider })

    expect(method).toBe('PUT')
    expect(names).toEqual(expect.arrayContaining(present))
    expect(names.filter((name) => absent.includes(name))).toEqual([])
  })

  it('ceph takes by PUT what must be saved, since its forms lose that', async () => {
    const page = await signedBy({ provider: 'ceph' }, { name: 'a.html', type: 'text/html' })
    const picture = await signedBy({ provider: 'ceph' })

    expect(page.method).toBe('PUT')
    expect(page.names).toContain('content-disposition')
    expect(picture.method).toBe('POST')
  })

  it('minio takes by PUT what has a tag, since its forms do not bind it', async () => {
    const signed = await signedBy({ provider: 'minio', unclaimed: 'tag' })

    expect(signed.method).toBe('PUT')
    expect(signed.names).toContain('x-amz-tagging')
  })

  it('r2 takes no more than 4.995 GiB in one request or part', async () => {
    const size = Math.floor(4.996 * gibibyte)
    const handler = createTestHandler({ provider: 'r2', multipartThreshold: false })

    await expect(handler.signOne({ size })).rejects.toThrow('file-too-large')
    expect(facts({ provider: 'r2', multipartThreshold: '5GiB' }).multipart).toMatchObject({
      thresholdBytes: Math.floor(4.995 * gibibyte) + 1,
      maxPartSizeBytes: Math.floor(4.995 * gibibyte),
    })
  })

  it('has parts of equal size but for the last, none above the largest it takes', () => {
    const maxPartSizeBytes = Math.floor(4.995 * gibibyte)
    const size = 7.5 * maxPartSizeBytes
    const plan = planParts(size, { minPartSizeBytes: maxPartSizeBytes, maxPartSizeBytes })
    const sizes = Array.from({ length: plan.partCount }, (_, index) =>
      partSize({ size, ...plan }, index + 1),
    )

    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([maxPartSizeBytes]))
  })
})

describe('an upload to', () => {
  it.each(['PUT', 'MULTIPART'] as const)('R2 by %s works with its preset', async (way) => {
    const { multipartThreshold } = methods[way]
    const partSize = way === 'MULTIPART' ? methods.MULTIPART.partSize : undefined
    const pair = createUploadPair({
      provider: 'r2',
      s3Options: { profile: 'r2' },
      multipartThreshold,
      partSize,
    })
    const { method, token } = await pair.upload(bytes)

    expect(method).toBe(way)
    expect(await pair.complete(token)).toHaveProperty('receipt')
  })

  it('R2 asks for no condition when the parts are put together', async () => {
    const conditions: (string | null)[] = []
    const send = async (provider: Provider) => {
      const pair: ReturnType<typeof createUploadPair> = createUploadPair({
        provider,
        ...methods.MULTIPART,
        fetch: (request) => {
          const isCompletion = request.method === 'POST' && request.url.includes('uploadId=')
          if (isCompletion) conditions.push(request.headers.get('if-none-match'))
          return pair.s3.fetch(request)
        },
      })
      await pair.complete((await pair.upload(bytes)).token)
    }
    await send('aws')
    await send('r2')

    expect(conditions).toEqual(['*', null])
  })

  it('Ceph keeps a page to be saved, whichever way files go', async () => {
    const pair = createUploadPair({ provider: 'ceph', s3Options: { profile: 'rgw16' } })
    const { token } = await pair.upload(bytes, { name: 'a.html', type: 'text/html' })
    await pair.complete(token)

    const [stored] = await pair.s3.objects('uploads')
    expect(stored?.headers['content-disposition']).toContain('attachment')
  })
})
