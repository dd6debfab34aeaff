import type { S3ErrorDocument } from './s3-error.js'

const awsHost = /\bs3[.-](?:dualstack\.)?([a-z]{2,4}(?:-[a-z]+)+-\d+)\.amazonaws\./
const expectedRegion = /expecting '([a-z0-9-]+)'/

const codesAboutRegion: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'IllegalLocationConstraintException',
  'InvalidLocationConstraint',
  // MinIO and others.
  'InvalidRegion',
  'PermanentRedirect',
  'TemporaryRedirect',
])

/** Tells whether S3 may refuse with this code because the bucket is in another region; other codes name a region by the way. */
export function isAboutRegion(code: string): boolean {
  return codesAboutRegion.has(code)
}

/** A refusal that may say where the bucket is. */
interface RegionHints {
  readonly headers: Headers
  readonly error: S3ErrorDocument | undefined
  readonly body: string
}

/**
 * Reads which region a refusal leads to: a header and an element say it, or else the host that a redirect names, or the
 * sentence of a server that has no element for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html
 */
export function namedRegion({ headers, error, body }: RegionHints): string | undefined {
  const told = headers.get('x-amz-bucket-region') ?? error?.region
  if (told) return told
  const [, host = ''] = /<Endpoint>([^<]*)/.exec(body) ?? []
  const [, redirected] = awsHost.exec(`${headers.get('location') ?? ''} ${host}`) ?? []
  return redirected ?? expectedRegion.exec(error?.message ?? '')?.[1]
}
