import type { SigningOptions } from 's3-direct-upload/server'
import { createTestS3 } from 's3-direct-upload/testing'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { createTestHandler, credentials, options, startOfTests } from './handler-setup.js'

/** The bucket that the handler of the tests signs for. */
export const location = { bucket: 'uploads', region: 'eu-west-1', endpoint: 'https://s3.test' }

/** A bucket and the handler that signs downloads of it; nothing of either is replaced. */
export function createDownloadPair(changes: Partial<SigningOptions> = {}) {
  const clock = { now: startOfTests }
  const now = () => clock.now
  const s3 = createTestS3({ buckets: ['uploads'], credentials, region: 'eu-west-1', now })
  const server = createTestHandler({
    ...options,
    now,
    fetch: (request) => s3.fetch(request),
    authorizeDownload: () => true,
    ...changes,
  })
  return {
    ...server,
    s3,
    /** Lets so many seconds pass. */
    wait(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000)
    },
    /** Stores an object as an app would. */
    async put(key: string, body = 'hello', headers: Record<string, string> = {}) {
      const url = presignUrl(
        { method: 'PUT', url: objectUrl(location, key), headers, expiresInSeconds: 60 },
        { credentials, region: location.region, now: clock.now },
      )
      const stored = await s3.fetch(new Request(url, { method: 'PUT', headers, body }))
      if (!stored.ok) throw new Error(await stored.text())
    },
    /** Asks for one file. */
    async ask(file: Record<string, unknown>, headers: Record<string, string> = {}) {
      const { files } = await server.run('sign-downloads', { files: [file] }, headers)
      const [answer] = files
      if (answer === undefined) throw new Error('no answer')
      return answer
    },
    /** Asks for one file, which must be given, and downloads it. */
    async download(file: Record<string, unknown>, headers: Record<string, string> = {}) {
      const answer = await this.ask(file)
      if ('error' in answer) throw new Error(JSON.stringify(answer))
      return await s3.fetch(new Request(answer.url, { headers }))
    },
  }
}
