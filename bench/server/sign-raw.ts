import { toBase64 } from '../../src/sigv4/crypto.js'
import { signPolicyText } from '../../src/sigv4/post-policy.js'
import { credentialScope, signingKey } from '../../src/sigv4/signing-key.js'
import { amzDate } from '../../src/sigv4/signing-time.js'
import { bucket } from './bucket.js'
import type { EndpointContext, FileFacts } from './file-facts.js'
import { createMultipartUpload, partQuery, presignObject } from './presign.js'

/** Everything the hand-written loop needs, made before the clock runs. */
export interface RawSignatures {
  /** One form for all small files: their keys begin with `prefix`. */
  readonly form: {
    readonly url: string
    readonly fields: Readonly<Record<string, string>>
    readonly prefix: string
  }
  /** In the order of the files; undefined for those that go by the form. */
  readonly multipart: readonly (RawMultipart | undefined)[]
}

/** A multipart upload with the URL of each part. */
export interface RawMultipart {
  readonly partSizeBytes: number
  readonly partUrls: readonly string[]
  readonly completeUrl: string
}

/** From here on a file goes in parts. */
const multipartFromBytes = 32 * 1024 * 1024

/** What the AWS CLI takes too: https://docs.aws.amazon.com/cli/latest/topic/s3-config.html#multipart-chunksize */
const partSizeBytes = 8 * 1024 * 1024

/** Signs all files for the hand-written loop. */
export async function signRaw(
  { files }: { readonly files: readonly FileFacts[] },
  context: EndpointContext,
): Promise<RawSignatures> {
  const multipart = files.map((file) =>
    file.size < multipartFromBytes ? undefined : signMultipart(file, context),
  )
  return { form: signForm(context), multipart: await Promise.all(multipart) }
}

function signForm({ s3Url }: EndpointContext): RawSignatures['form'] {
  const { credentials, region, name } = bucket
  const date = new Date()
  const prefix = `${crypto.randomUUID()}/`
  const fields = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${credentialScope(date, region)}`,
    'x-amz-date': amzDate(date),
  }
  const conditions = [{ bucket: name }, ['starts-with', '$key', prefix]]
  for (const [field, value] of Object.entries(fields)) conditions.push({ [field]: value } as never)
  const expiration = new Date(date.getTime() + 3_600_000).toISOString()
  const policy = toBase64(JSON.stringify({ expiration, conditions }))
  const key = signingKey({ secretAccessKey: credentials.secretAccessKey, date, region })
  const signature = signPolicyText(policy, key)
  return {
    url: `${s3Url}/${name}`,
    prefix,
    fields: { ...fields, policy, 'x-amz-signature': signature },
  }
}

async function signMultipart(file: FileFacts, context: EndpointContext): Promise<RawMultipart> {
  const key = `${crypto.randomUUID()}-${file.name}`
  const uploadId = await createMultipartUpload(context, { ...context, ...file, key })
  const partUrls = Array.from({ length: Math.ceil(file.size / partSizeBytes) }, (_, index) =>
    presignObject(context, { method: 'PUT', key, query: partQuery(uploadId, index + 1) }),
  )
  const query = `uploadId=${encodeURIComponent(uploadId)}`
  return {
    partSizeBytes,
    partUrls,
    completeUrl: presignObject(context, { method: 'POST', key, query }),
  }
}
