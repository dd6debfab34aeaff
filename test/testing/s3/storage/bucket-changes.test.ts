import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import {
  createMemoryStorage,
  createTestS3,
  type TestS3,
  type TestS3Storage,
} from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
const aws = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' })
const lifecycle =
  '<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter><Prefix>x</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>'
const cors =
  '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>'

describe('changes of a bucket at once', () => {
  it('keep what each of them has confirmed', async () => {
    const s3 = startS3()
    await Promise.all([
      send(s3, 'PUT', 'photos?cors', cors),
      send(s3, 'PUT', 'photos?lifecycle', lifecycle),
    ])
    const answers = await Promise.all(
      ['photos?cors', 'photos?lifecycle'].map((target) => send(s3, 'GET', target)),
    )

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  it('do not remove it while an object is on its way', async () => {
    const begun = Promise.withResolvers<void>()
    const goingOn = Promise.withResolvers<void>()
    const storage = createMemoryStorage()
    const s3 = startS3({
      async publishObject(...args) {
        begun.resolve()
        await goingOn.promise
        await storage.publishObject(...args)
      },
      writeBody: () => storage.writeBody(),
    })
    const putting = send(s3, 'PUT', 'photos/a', 'hello')
    await begun.promise
    const removal = await send(s3, 'DELETE', 'photos')
    goingOn.resolve()

    expect([removal.status, (await putting).status]).toEqual([409, 200])
    expect((await s3.objects('photos')).map(({ key }) => key)).toEqual(['a'])
  })

  it('keep the object when the storage cannot remove it', async () => {
    const s3 = startS3({ removeObject: () => Promise.reject(new Error('The disk is away.')) })
    await send(s3, 'PUT', 'photos/a', 'hello')
    const removal = await send(s3, 'DELETE', 'photos/a')

    expect([removal.status, (await send(s3, 'GET', 'photos/a')).status]).toEqual([500, 200])
  })
})

/** A test S3 whose storage takes a moment for the records of buckets. */
function startS3(changes: Partial<TestS3Storage> = {}): TestS3 {
  const storage = createMemoryStorage()
  return createTestS3({
    buckets: ['photos'],
    credentials,
    storage: {
      ...storage,
      async saveBucket(record) {
        await new Promise((resolve) => setImmediate(resolve))
        await storage.saveBucket(record)
      },
      ...changes,
    },
  })
}

async function send(s3: TestS3, method: string, target: string, body = ''): Promise<Response> {
  const headers = {
    'content-length': String(body.length),
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  const url = `http://127.0.0.1/${target}`
  return s3.fetch(await aws.sign(url, { method, body: body || undefined, headers }))
}
