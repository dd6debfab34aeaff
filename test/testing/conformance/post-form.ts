import { createHmac } from 'node:crypto'
import type { RawRequest } from './raw-http.js'
import type { TargetCredentials } from './s3-target.js'

export interface FormSigning {
  readonly bucket: string
  readonly region: string
  readonly credentials: TargetCredentials
  /** @default a condition for each field and for the bucket */
  readonly conditions?: readonly unknown[]
  /** Added to the conditions that would be made anyway. */
  readonly moreConditions?: readonly unknown[]
  /** @default an hour from now */
  readonly expiration?: Date
  /** In place of the whole policy document. */
  readonly policyText?: string
}

/** Signs a form as S3's documentation describes it, apart from the library's own signer. */
export function signForm(
  fields: Readonly<Record<string, string>>,
  signing: FormSigning,
): Record<string, string> {
  const { bucket, region, credentials } = signing
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const day = time.slice(0, 8)
  const signed: Record<string, string> = {
    ...fields,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${day}/${region}/s3/aws4_request`,
    'x-amz-date': time,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  }
  const exact = Object.entries(signed).map(([name, value]) => ({ [name]: value }))
  const conditions = signing.conditions ?? [{ bucket }, ...exact, ...(signing.moreConditions ?? [])]
  const expiration = signing.expiration ?? new Date(Date.now() + 3_600_000)
  const text = signing.policyText ?? JSON.stringify({ expiration, conditions })
  const policy = Buffer.from(text).toString('base64')
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest()
  const dayKey = hmac(`AWS4${credentials.secretAccessKey}`, day)
  const key = hmac(hmac(hmac(dayKey, region), 's3'), 'aws4_request')
  return { ...signed, policy, 'x-amz-signature': hmac(key, policy).toString('hex') }
}

/** Conditions for the fields that the signer adds. */
export const signerConditions = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
]

export interface FormFile {
  readonly content: string | Uint8Array
  /** @default 'photo.jpg'; `null` leaves it out */
  readonly filename?: string | null
}

/** Writes a form as a browser does: the fields in order, then the file. */
export function formRequest(
  url: string,
  fields: Readonly<Record<string, string>>,
  file: FormFile | undefined,
  fieldsAfterFile: Readonly<Record<string, string>> = {},
): RawRequest {
  const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW'
  const parts: (string | Uint8Array)[] = []
  const add = (disposition: string, content: string | Uint8Array) =>
    parts.push(
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`,
      content,
      '\r\n',
    )
  for (const [name, value] of Object.entries(fields)) add(`name="${name}"`, value)
  if (file) {
    const { filename = 'photo.jpg', content } = file
    add(filename === null ? 'name="file"' : `name="file"; filename="${filename}"`, content)
  }
  for (const [name, value] of Object.entries(fieldsAfterFile)) add(`name="${name}"`, value)
  parts.push(`--${boundary}--\r\n`)
  return {
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat(parts.map((part) => Buffer.from(part))),
  }
}
