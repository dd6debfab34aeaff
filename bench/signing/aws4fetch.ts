import { AwsV4Signer } from 'aws4fetch'
import type { MultipartTarget } from '../../src/s3-client/multipart-target.js'
import { bucket, objectUrl } from '../server/bucket.js'
import { partQuery } from '../server/presign.js'
import type { SigningContestant } from './contestant.js'
import { type Stage, s3Url } from './stage.js'
import { part, partHeaders, partNumbers } from './workload.js'

/** aws4fetch, which signs URLs but no forms. */
export function createAws4fetch({ upload }: Stage): readonly SigningContestant[] {
  // As its client does, so that a key is derived once a day.
  const cache = new Map<string, ArrayBuffer>()
  return [
    {
      task: 'part-url',
      subject: 'aws4fetch',
      async signBatch() {
        const urls = await Promise.all(partNumbers.map((number) => signPart(upload, number, cache)))
        return async () => urls.map((url) => ({ url, headers: partHeaders }))
      },
    },
  ]
}

async function signPart(
  { key, s3UploadId }: MultipartTarget,
  partNumber: number,
  cache: Map<string, ArrayBuffer>,
): Promise<string> {
  const query = `${partQuery(s3UploadId, partNumber)}&X-Amz-Expires=1800`
  const signer = new AwsV4Signer({
    ...bucket.credentials,
    method: 'PUT',
    url: objectUrl({ s3Url }, key, query).href,
    headers: { ...partHeaders, 'content-length': String(part.bytes.length) },
    service: 's3',
    region: bucket.region,
    signQuery: true,
    // Among them the length, which it would leave open else.
    allHeaders: true,
    cache,
  })
  return (await signer.sign()).url.href
}
