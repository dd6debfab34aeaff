import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'

export const bucket = 'photos'
export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }

const aws = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' })

/** An answer that has come to its end. */
export interface Answer {
  readonly status: number
  readonly ok: boolean
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly text: string
}

/** What a request carries. */
export interface Sending {
  readonly body?: Uint8Array<ArrayBuffer> | string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends signed requests to a test S3. */
export type Send = (
  method: string,
  target: string,
  sending?: Sending,
) => Promise<Answer | undefined>

/** Makes what sends; it finds nothing when the server ends before its answer does. */
export function createClient(url: string): Send {
  return async (method, target, { body, headers } = {}) => {
    const request = await aws.sign(`${url}/${target}`, { method, body, headers: { ...headers } })
    try {
      const response = await fetch(request)
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { status, ok } = response
      return { status, ok, headers: response.headers, bytes, text: Buffer.from(bytes).toString() }
    } catch {
      return undefined
    }
  }
}

/** The address of a key, below the server's. */
export function targetOf(key: string, query = ''): string {
  return `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}${query}`
}

/** The texts of all elements of a name. */
export function textsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'g'))].map(([, text = '']) => text)
}

export function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex')
}
