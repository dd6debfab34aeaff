import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { options, secret } from '../handler-setup.js'

/** The message of the refusal, or `undefined` when the handler is created. */
function refusalOf(changes: Readonly<Record<string, unknown>>): string | undefined {
  try {
    // Deliberately not what the types ask for.
    createSigningHandler({ ...options, ...changes } as SigningOptions)
    return undefined
  } catch (error) {
    return error instanceof TypeError ? error.message : `not a TypeError: ${error}`
  }
}

describe('createSigningHandler', () => {
  it('does not start without authorize', () => {
    expect(refusalOf({ authorize: undefined })).toContain(
      'authorize: is missing, and without it anybody could upload.',
    )
  })

  it.each<[given: string, options: unknown, problem: string]>([
    ['nothing', undefined, 'are missing'],
    ['null', null, 'are no object'],
    ['text', 'uploads', 'are no object'],
    ['a list', [options], 'are no object'],
    ['a promise', Promise.resolve(options), 'are a promise'],
  ])('names the one thing that is wrong with %s', (_, given, problem) => {
    const create = () => createSigningHandler(given as SigningOptions)

    expect(create).toThrow(new RegExp(`options\\.\n- options: ${problem}[^\n]+$`))
  })

  it('lists every problem in one message', () => {
    const message = refusalOf({
      bucket: '',
      region: undefined,
      secret: 'short',
      authorize: true,
      rules: { maxFileSize: 'big' },
    })

    expect(message?.match(/\n- [\w.]+/g)).toEqual([
      '\n- bucket',
      '\n- region',
      '\n- secret',
      '\n- authorize',
      '\n- rules.maxFileSize',
    ])
  })

  it('never quotes a secret', () => {
    const message = refusalOf({
      secret: 'hunter2',
      credentials: { accessKeyId: 'AKIAX', secretAccessKey: 7 },
    })

    expect(message).not.toMatch(/hunter2|AKIAX/)
  })

  it.each<[string, Record<string, unknown>]>([
    ['bucket', { bucket: 7 }],
    ['bucket', { bucket: 'a/b' }],
    ['region', { region: '' }],
    ['endpoint', { endpoint: 'storage' }],
    ['endpoint', { endpoint: 'ftp://s3.test' }],
    ['endpoint', { endpoint: 7 }],
    ['endpoint', { endpoint: 'https://uploads.s3.example.com' }],
    ['endpoint', { endpoint: 'https://s3.test/uploads' }],
    ['endpoint', { endpoint: 'https://user:word@s3.test' }],
    ['publicEndpoint', { publicEndpoint: 'files.example.com' }],
    ['publicEndpoint', { publicEndpoint: 'https://files.example.com/uploads' }],
    ['publicEndpoint', { publicEndpoint: 7 }],
    ['bucket', { bucket: 'uploads--use1-az4--x-s3' }],
    ['useFipsEndpoint', { useFipsEndpoint: true }],
    ['useDualstackEndpoint', { useDualstackEndpoint: 'yes' }],
    ['useAccelerateEndpoint', { useAccelerateEndpoint: true, endpoint: undefined, bucket: 'a.b' }],
    ['credentials: secretAccessKey', { credentials: { accessKeyId: 'x', secretAccessKey: 'y\n' } }],
    ['secret', { secret: ' '.repeat(40) }],
    ['forcePathStyle', { forcePathStyle: 'true' }],
    ['credentials', { credentials: undefined }],
    ['credentials', { credentials: { accessKeyId: 'x' } }],
    ['secret', { secret: undefined }],
    ['secret', { secret: [] }],
    ['secret', { secret: [secret, 'short'] }],
    ['prefix', { prefix: '/a' }],
    ['prefix', { prefix: 'a//b' }],
    ['prefix', { prefix: 'a/../b' }],
    ['prefix', { prefix: 'a$' }],
    ['prefix', { prefix: 'x'.repeat(513) }],
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(65) }],
    ['rules', { rules: [] }],
    ['rules.maxFileSize', { rules: { maxFileSize: '5 apples' } }],
    ['rules.minFileSize', { rules: { minFileSize: -1 } }],
    ['rules.minFileSize', { rules: { minFileSize: '2MB', maxFileSize: '1MB' } }],
    ['rules.accept', { rules: { accept: 'image/*' } }],
    ['rules.accept', { rules: { accept: [] } }],
    ['rules.accept', { rules: { accept: ['image/*,.pdf'] } }],
    ['rules.maxFiles', { rules: { maxFiles: 0 } }],
    ['method', { method: 'PATCH' }],
    ['overwrite', { overwrite: true }],
    ['multipartThreshold', { multipartThreshold: 5 * 2 ** 20 - 1 }],
    ['multipartThreshold', { multipartThreshold: '5MB' }],
    ['multipartThreshold', { multipartThreshold: true }],
    ['multipartThreshold', { multipartThreshold: 'never' }],
    ['partSize', { partSize: '1MiB' }],
    ['partSize', { partSize: 5 * 2 ** 30 + 1 }],
    ['partSize', { partSize: false }],
    ['checksums', { checksums: 'SHA256' }],
    ['requireChecksum', { requireChecksum: 'SHA256' }],
    ['requireChecksum: is true, but checksums is false', r2({ requireChecksum: true })],
    ["contentCheck: cannot be relied on with overwrite: 'allow'", looking({ overwrite: 'allow' })],
    ['Set overwrite to', looking({ provider: 'generic' })],
    ['provider', { provider: 'gcs' }],
    ['provider', { provider: 'toString' }],
    ["endpoint: is missing, and 'r2' is not Amazon", { provider: 'r2', endpoint: undefined }],
    ["method: is 'POST', which 'r2' does not have. Leave it out", r2({ method: 'POST' })],
    ["unclaimed: is 'tag', and 'r2' has no object tags", r2({ unclaimed: 'tag' })],
    ["partSize: is above the 5.36 GB that 'r2' takes", r2({ partSize: '5GiB' })],
    ["method: is 'POST', and 'minio'", { provider: 'minio', method: 'POST', unclaimed: 'tag' }],
    ['unclaimed', { unclaimed: true }],
    ['claim', { unclaimed: 'tag', claim: 'never' }],
    [
      "storage.storageClass: is 'DEEP_ARCHIVE', of which nobody can read the bytes",
      { storage: { storageClass: 'DEEP_ARCHIVE' }, contentCheck: () => undefined },
    ],
    ["claim: is 'by-app', but nothing waits for a claim", { claim: 'by-app' }],
    ['contentCheck', { contentCheck: 'magic' }],
    ['multipartTokenLifetimeSeconds', { multipartTokenLifetimeSeconds: 0 }],
    ['allowedOrigins', { allowedOrigins: ['*'] }],
    ['allowedOrigins', { allowedOrigins: ['https://app.example.com/'] }],
    ['allowedOrigins', { allowedOrigins: 'https://app.example.com' }],
    ['allowedOrigins', { allowedOrigins: ['null'] }],
    ['publicOrigin', { publicOrigin: 'app.example.com' }],
    ['signatureLifetimeSeconds', { signatureLifetimeSeconds: 604_801 }],
    ['signatureLifetimeSeconds', { signatureLifetimeSeconds: 0 }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: 1.5 }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: 599 }],
    ['receiptLifetimeSeconds', { receiptLifetimeSeconds: '60' }],
    ['rules', { rules: 'none' }],
    ['quota', { quota: 5 }],
    ['maxOpenUploads', { maxOpenUploads: 0 }],
    ['key', { key: 'uploads' }],
    ['metadata', { metadata: { album: 'text' } }],
    ['metadata', { metadata: { '~standard': { version: 2, validate: () => ({}) } } }],
    ['storage', { storage: 'STANDARD_IA' }],
    ['storage.storageClass', { storage: { storageClass: 'standard' } }],
    ['storage.kmsKeyId', { storage: { kmsKeyId: 'a' } }],
    [
      'storage.cachecontrol: is not known. Did you mean storage.cacheControl?',
      { storage: { cachecontrol: 'x' } },
    ],
    ['onEvent', { onEvent: 'log' }],
    ['onUploadComplete', { onUploadComplete: {} }],
    ['onError', { onError: 'log' }],
    ['fetch', { fetch: {} }],
    ['now', { now: new Date() }],
    ['randomBytes', { randomBytes: 16 }],
    ['maxFileSize: is not known. Did you mean rules.maxFileSize?', { maxFileSize: '5GB' }],
    ['onerror: is not known. Did you mean onError?', { onerror: () => {} }],
    ['toString: is not known. Check its spelling', { toString: '5GB' }],
    ['rules.maxSize: is not known. Check its spelling', { rules: { maxSize: '5GB' } }],
  ])('refuses %s as in %j', (option, changes) => {
    const message = refusalOf(changes)

    expect(message).toContain(option)
    expect(message?.match(/\n- /g)).toHaveLength(1)
  })

  it.each<Record<string, unknown>>([
    { secret: [secret, `${secret} before`] },
    { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) },
    { prefix: '' },
    { rules: () => ({}) },
    { storage: { tags: { state: 'new' }, storageClass: 'STANDARD_IA' } },
    { storage: () => ({}) },
    { metadata: v.object({}) },
    { metadata: Object.assign(() => {}, { '~standard': { version: 1, validate: () => ({}) } }) },
    { prefix: 'a/b' },
    { endpoint: undefined },
    { publicEndpoint: 'https://files.example.com' },
    { endpoint: undefined, useAccelerateEndpoint: true, useDualstackEndpoint: true },
    { rules: { maxFileSize: '5GB', minFileSize: 1, accept: ['image/*', '.pdf'], maxFiles: 3 } },
    { allowedOrigins: ['https://app.example.com', 'http://localhost:5173'] },
    { publicOrigin: 'https://app.example.com' },
    { method: 'PUT', overwrite: 'allow' },
    { provider: 'r2', method: 'PUT', partSize: '4GiB', checksums: true },
    { provider: 'generic', method: 'POST', unclaimed: 'tag' },
    { provider: 'ceph', unclaimed: 'tag', claim: 'by-app', contentCheck: () => undefined },
    looking({ provider: 'r2' }),
    looking({ provider: 'generic', overwrite: 'refuse' }),
    looking({ provider: 'generic', checksums: true, requireChecksum: true }),
    { multipartThreshold: 5 * 2 ** 20, partSize: 5 * 2 ** 20, checksums: false },
    { multipartThreshold: false, partSize: '5GiB' },
    { multipartThreshold: '6GiB', multipartTokenLifetimeSeconds: 60 },
  ])('starts with %j', (changes) => {
    expect(refusalOf(changes)).toBeUndefined()
  })
})

function looking(changes: Record<string, unknown>): Record<string, unknown> {
  return { contentCheck: () => undefined, ...changes }
}

function r2(changes: Record<string, unknown>): Record<string, unknown> {
  return { provider: 'r2', ...changes }
}
