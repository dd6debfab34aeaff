import { AwsClient } from 'aws4fetch'
import { startTestS3 } from 's3-direct-upload/testing/node'

export interface TargetCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A server that the conformance checks run against. */
export interface S3Target {
  readonly name: string
  readonly url: string
  readonly region: string
  readonly credentials: TargetCredentials
  /** Temporary credentials, where the server has any. */
  readonly temporary?: TargetCredentials
  /** Temporary credentials that have ended. */
  readonly expired?: TargetCredentials
  close(): Promise<void>
}

const ownName = 'test-s3'

/** The name under which exceptions are listed. */
export const targetName = process.env.REAL_S3_ENDPOINT
  ? (process.env.REAL_S3_NAME ?? 'real-s3')
  : ownName

/** Opens the server that the environment names, else a test S3 of our own. */
export async function openTarget(): Promise<S3Target> {
  const {
    REAL_S3_ENDPOINT: url,
    REAL_S3_REGION: region = 'us-east-1',
    REAL_S3_ACCESS_KEY: accessKeyId = '',
    REAL_S3_SECRET_KEY: secretAccessKey = '',
  } = process.env
  if (!url) return ownTarget()
  const credentials = { accessKeyId, secretAccessKey }
  const temporary = await assumeRole(url, region, credentials)
  return { name: targetName, url, region, credentials, temporary, close: async () => {} }
}

/** Temporary credentials for the role that the environment names. */
async function assumeRole(
  url: string,
  region: string,
  credentials: TargetCredentials,
): Promise<TargetCredentials | undefined> {
  const { REAL_S3_STS_ROLE_ARN: role } = process.env
  if (!role) return undefined
  const client = new AwsClient({ ...credentials, service: 'sts', region })
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: 'conformance',
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', headers, body: body.toString() }
  // Ceph 20 refuses a content type that is not signed.
  const response = await client.fetch(url, { ...request, aws: { allHeaders: true } })
  const document = await response.text()
  const read = (name: string) => new RegExp(`<${name}>([^<]+)`).exec(document)?.[1] ?? ''
  return {
    accessKeyId: read('AccessKeyId'),
    secretAccessKey: read('SecretAccessKey'),
    sessionToken: read('SessionToken'),
  }
}

async function ownTarget(): Promise<S3Target> {
  const credentials = { accessKeyId: 'AKIACONFORMANCE00001', secretAccessKey: 'main/secret+key' }
  const temporary = {
    accessKeyId: 'ASIACONFORMANCE00002',
    secretAccessKey: 'temporary/secret+key',
    sessionToken: 'session/token+with=signs',
  }
  const expired = {
    accessKeyId: 'ASIACONFORMANCE00003',
    secretAccessKey: 'expired/secret+key',
    sessionToken: 'expired/token',
    expiration: new Date(Date.now() - 1000),
  }
  const { url, close } = await startTestS3({
    buckets: [],
    credentials: [credentials, temporary, expired],
    profile: 'aws',
  })
  return { name: ownName, url, region: 'us-east-1', credentials, temporary, expired, close }
}
