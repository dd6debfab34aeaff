import type { CorsRule } from 's3-direct-upload/testing'
import { createTestS3 } from 's3-direct-upload/testing'
import { describe, expect, test } from 'vitest'
import { credentials, environment, runCli } from '../run-cli.js'

const origin = 'https://app.example.com'
const args = ['cors', '--origin', origin]
const env = environment('https://s3.example.com')
const wanted = {
  ID: 's3-direct-upload',
  AllowedOrigins: [origin],
  AllowedMethods: ['POST', 'PUT'],
  AllowedHeaders: ['*'],
  MaxAgeSeconds: 3600,
}

function bucketWith(cors?: readonly CorsRule[]) {
  const s3 = createTestS3({ buckets: ['photos'], credentials, ...(cors && { cors }) })
  const preflight = async (from: string, method: string) => {
    const headers = { origin: from, 'access-control-request-method': method }
    const request = new Request('https://s3.example.com/photos/key', { method: 'OPTIONS', headers })
    return (await s3.fetch(request)).status
  }
  return { s3, terminal: { env, fetch: s3.fetch }, preflight }
}

const unknown = 'something that this version does not know'

describe('cors', () => {
  test('prints the rules and changes nothing', async () => {
    const { terminal, preflight } = bucketWith()
    const { output, errors } = await runCli(args, terminal)

    expect(JSON.parse(output)).toEqual({ CORSRules: [wanted] })
    expect(errors).toContain('aws s3api put-bucket-cors --bucket photos --cors-configuration ')
    expect(await preflight(origin, 'POST')).toBe(403)
  })

  test('applies the rules', async () => {
    const { terminal, preflight } = bucketWith()
    const { exitCode } = await runCli([...args, '--apply'], terminal)

    expect(exitCode).toBe(0)
    expect([await preflight(origin, 'POST'), await preflight(origin, 'PUT')]).toEqual([200, 200])
  })

  test('keeps the rules that were there', async () => {
    const other = {
      id: 'downloads',
      allowedOrigins: ['https://www.example.com'],
      allowedMethods: ['GET'],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 60,
    }
    const { terminal, preflight } = bucketWith([other])
    const { output } = await runCli([...args, '--apply', '--json'], terminal)

    expect(JSON.parse(output)).toEqual({
      applied: true,
      changed: true,
      couldReadRules: true,
      CORSRules: [
        wanted,
        {
          ID: 'downloads',
          AllowedOrigins: ['https://www.example.com'],
          AllowedMethods: ['GET'],
          ExposeHeaders: ['ETag'],
          MaxAgeSeconds: 60,
        },
      ],
    })
    expect(await preflight('https://www.example.com', 'GET')).toBe(200)
  })

  test('adds an origin to the rule of an earlier run', async () => {
    const { terminal, preflight } = bucketWith()
    await runCli([...args, '--apply'], terminal)
    const second = ['cors', '--origin', 'http://localhost:5173', '--apply', '--json']
    const { output } = await runCli(second, terminal)

    expect(JSON.parse(output).CORSRules).toEqual([
      { ...wanted, AllowedOrigins: [origin, 'http://localhost:5173'] },
    ])
    expect(await preflight(origin, 'PUT')).toBe(200)
  })

  test.each([origin, 'https://*.example.com', '*'])(
    'lets pages go on reading what a rule for %s exposes to them',
    async (pattern) => {
      const uppy = {
        allowedOrigins: [pattern],
        allowedMethods: ['GET', 'PUT'],
        allowedHeaders: ['*'],
        exposeHeaders: ['ETag', 'Location'],
      }
      const reading = { ...uppy, allowedMethods: ['GET'], exposeHeaders: ['x-amz-version-id'] }
      const other = { ...uppy, allowedOrigins: ['https://app.example.org'], exposeHeaders: ['Age'] }
      const { s3, terminal } = bucketWith([reading, other, uppy])
      const exposed = async (method: string) => {
        const request = new Request('https://s3.example.com/photos/key', {
          method,
          headers: { origin },
        })
        return (await s3.fetch(request)).headers.get('access-control-expose-headers')
      }
      const before = [await exposed('PUT'), await exposed('GET')]
      await runCli([...args, '--apply'], terminal)

      expect(before).toEqual(['ETag, Location', 'x-amz-version-id'])
      expect([await exposed('PUT'), await exposed('GET')]).toEqual(before)
    },
  )

  test('says that nothing changed, and writes nothing, where the rules are there', async () => {
    const { s3, terminal } = bucketWith()
    const methods: string[] = []
    // A storage that keeps texts in an order of its own, as Ceph does.
    const fetch = async (request: Request) => {
      methods.push(request.method)
      const answer = await s3.fetch(request)
      if (request.method !== 'GET') return answer
      const [post, put] = ['POST', 'PUT'].map((name) => `<AllowedMethod>${name}</AllowedMethod>`)
      return new Response((await answer.text()).replace(`${post}${put}`, `${put}${post}`), answer)
    }
    const first = await runCli([...args, '--apply'], { ...terminal, fetch })
    const again = await runCli([...args, '--apply'], { ...terminal, fetch })
    const { output } = await runCli([...args, '--apply', '--json'], { ...terminal, fetch })
    const printed = await runCli(args, { ...terminal, fetch })

    expect(methods).toEqual(['GET', 'PUT', 'GET', 'GET', 'GET'])
    expect(first.errors).toBe('The bucket photos has these rules now.')
    expect([again.exitCode, again.errors]).toEqual([
      0,
      'The bucket photos has these rules already: nothing was changed.',
    ])
    expect(JSON.parse(output)).toMatchObject({ applied: true, changed: false })
    expect(printed.errors).not.toContain('--apply')
  })

  test.each([
    [{ AWS_REGION: 'eu-west-1' }, 'not in the region eu-west-1 but in us-east-1'],
    [{ S3_BUCKET: 'fotos' }, 'There is no bucket fotos'],
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, 'SignatureDoesNotMatch'],
    [{ AWS_ACCESS_KEY_ID: 'AKIAWRONG' }, 'InvalidAccessKeyId'],
  ])('with %j names the cause, not a permission', async (wrong, cause) => {
    const { terminal } = bucketWith()
    const { exitCode, errors } = await runCli([...args, '--apply'], {
      ...terminal,
      env: { ...env, ...wrong },
    })

    expect(exitCode).toBe(1)
    expect(errors).toContain(cause)
    expect(errors).not.toContain('s3:')
  })

  test.each([
    [403, 'RequestTimeTooSkewed', 'Set the clock by NTP.'],
    [400, 'ExpiredToken', 'Fetch new temporary credentials'],
    [400, 'InvalidToken', 'AWS_SESSION_TOKEN exactly where the key is temporary.'],
    [401, 'Unauthorized', 'Set AWS_ACCESS_KEY_ID'],
    [400, 'AuthorizationHeaderMalformed', 'is not in the region'],
    [405, 'MethodNotAllowed', 'does not know this call'],
  ])('names the way out of %i %s, and no permission', async (status, code, wayOut) => {
    const { terminal } = bucketWith()
    const document = `<Error><Code>${code}</Code><Message>No.</Message></Error>`
    const fetch = async () => new Response(document, { status })
    const { exitCode, errors } = await runCli([...args, '--apply'], { ...terminal, fetch })

    expect(exitCode).toBe(1)
    expect(errors).toContain(wayOut)
    expect(errors).not.toContain('s3:')
  })

  test('says that a storage has no CORS rules', async () => {
    const { s3, terminal } = bucketWith()
    s3.fault({ operation: 'PutBucketCors', effect: { kind: 'refuse', code: 'NotImplemented' } })
    const { errors } = await runCli([...args, '--apply'], terminal)

    expect(errors).toContain('does not know this call (501 NotImplemented)')
    expect(errors).not.toContain('s3:PutBucketCORS')
  })

  test('does not replace rules that it may not read', async () => {
    const { s3, terminal } = bucketWith()
    s3.fault({ operation: 'GetBucketCors', effect: { kind: 'refuse', code: 'AccessDenied' } })
    const { exitCode, errors } = await runCli([...args, '--apply'], terminal)

    expect(exitCode).toBe(1)
    expect(errors).toContain('s3:GetBucketCORS')
  })

  test.each([
    ['a page', 'a page of HTML, "Sign in"', '<!doctype html><title>Sign in</title>'],
    [
      'another document',
      'the document ListBucketResult',
      '<ListBucketResult><Name>photos</Name></ListBucketResult>',
    ],
    [
      'rules of another kind',
      unknown,
      '<CORSConfiguration><Rule><ID>a</ID></Rule></CORSConfiguration>',
    ],
    [
      'a rule with more in it than is known',
      unknown,
      '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><Vary>a</Vary></CORSRule></CORSConfiguration>',
    ],
  ])('does not replace rules where %s is read in their place', async (_, reason, body) => {
    const { s3, terminal } = bucketWith()
    const methods: string[] = []
    const fetch = async (request: Request) => {
      methods.push(request.method)
      return request.method === 'GET' ? new Response(body) : s3.fetch(request)
    }
    const { exitCode, errors } = await runCli([...args, '--apply'], { ...terminal, fetch })

    expect([exitCode, methods]).toEqual([1, ['GET']])
    expect(errors).toContain(reason)
  })

  test('ends with 1 when the rules are refused', async () => {
    const { s3, terminal } = bucketWith()
    s3.fault({ operation: 'PutBucketCors', effect: { kind: 'refuse', code: 'AccessDenied' } })
    const { exitCode, errors } = await runCli([...args, '--apply'], terminal)

    expect(exitCode).toBe(1)
    expect(errors).toContain('s3:PutBucketCORS')
  })

  test.each(['https://app.example.com/', 'app.example.com', '*'])(
    'refuses %s as an origin',
    async (text) => {
      const { exitCode } = await runCli(['cors', '--origin', text], bucketWith().terminal)

      expect(exitCode).toBe(2)
    },
  )
})
