import { S3Uploader, useS3Uploader } from 's3-direct-upload'
import {
  createSigningHandler,
  type InferUploadResult,
  verifyReceipt,
} from 's3-direct-upload/server'
import type { UploadedFile } from 's3-direct-upload/uppy'
import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import { credentials, secret } from './handler-setup.js'

/** The compiler proves these; running them proves that nothing throws. */
const handler = createSigningHandler({
  bucket: 'uploads',
  region: 'eu-west-1',
  credentials,
  secret,
  authorize: async (request) =>
    request.headers.has('cookie') && { owner: 'ada', plan: 'pro' as 'pro' | 'free' },
  metadata: v.object({ album: v.pipe(v.string(), v.transform(Number)) }),
  rules: (caller) => {
    expectTypeOf(caller.plan).toEqualTypeOf<'pro' | 'free'>()
    return { maxFileSize: caller.plan === 'pro' ? '5GB' : '10MB' }
  },
  quota: ({ caller, totalBytes }) => caller.plan === 'pro' || totalBytes < 1000,
  key: ({ unique, metadata }, caller) => {
    expectTypeOf(metadata).toEqualTypeOf<{ album: number }>()
    return `${caller.plan}/${metadata.album.toFixed()}/${unique}`
  },
  storage: ({ metadata }, caller) => ({
    tags: { plan: caller.plan, album: metadata.album.toFixed() },
  }),
  onUploadComplete: async ({ metadata }, caller) => {
    expectTypeOf(caller.plan).toEqualTypeOf<'pro' | 'free'>()
    return { documentId: metadata.album, at: new Date(0) }
  },
})

type Result = InferUploadResult<typeof handler>

describe('the types of a handler', () => {
  it('carry what onUploadComplete returns, as JSON, to the client', () => {
    expectTypeOf<Result>().toEqualTypeOf<{ documentId: number; at: string }>()
    expectTypeOf<UploadedFile<Result>['response']>().toEqualTypeOf<Result | undefined>()
  })

  it('are inferred from options that are given as a function', () => {
    const later = createSigningHandler(() => ({
      bucket: 'uploads',
      region: 'eu-west-1',
      credentials,
      secret,
      authorize: async () => ({ owner: 'ada', plan: 'pro' as 'pro' | 'free' }),
      metadata: v.object({ album: v.pipe(v.string(), v.transform(Number)) }),
      rules: (caller) => ({ maxFileSize: caller.plan === 'pro' ? '5GB' : '10MB' }),
      onUploadComplete: async ({ metadata }, caller) => {
        expectTypeOf(caller.plan).toEqualTypeOf<'pro' | 'free'>()
        return { documentId: metadata.album, at: new Date(0) }
      },
    }))

    expectTypeOf<InferUploadResult<typeof later>>().toEqualTypeOf<Result>()
  })

  it('know nothing of a result where there is no hook', () => {
    const silent = createSigningHandler({
      bucket: 'uploads',
      region: 'eu-west-1',
      credentials,
      secret,
      authorize: () => ({ owner: 'ada' }),
    })

    expectTypeOf<InferUploadResult<typeof silent>>().toEqualTypeOf<unknown>()
    expectTypeOf(silent).toExtend<(request: Request) => Promise<Response>>()
  })

  it('name the result in callbacks of component and hook', () => {
    const element = (
      <S3Uploader<Result>
        endpoint="/api/s3"
        onUploadComplete={({ response }) => {
          expectTypeOf(response).toEqualTypeOf<Result | undefined>()
        }}
      />
    )
    const Page = () => {
      useS3Uploader<Result>({
        endpoint: '/api/s3',
        onAllSettled: ({ uploaded }) => {
          expectTypeOf(uploaded[0]?.response?.at).toEqualTypeOf<string | undefined>()
        },
      })
      return element
    }

    expectTypeOf(Page).toBeFunction()
  })

  it('name what a schema returned in receipts', () => {
    expectTypeOf(verifyReceipt<{ album: number }>)
      .returns.resolves.toHaveProperty('metadata')
      .toEqualTypeOf<{ album: number }>()
  })

  it('refuse a schema whose values JSON cannot carry', () => {
    const schema = v.object({
      at: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    })
    const options = { bucket: 'uploads', region: 'eu-west-1', credentials, secret }
    const authorize = () => ({ owner: 'ada' })

    // @ts-expect-error: a Date would come back as text.
    createSigningHandler({ ...options, authorize, metadata: schema })
  })
})
