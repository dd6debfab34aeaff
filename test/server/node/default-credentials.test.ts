import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { resolveCredentials } from '../../../src/s3-client/credentials-source.js'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { configFromEnv } from '../../../src/server/node/config-from-env.js'
import { defaultCredentials } from '../../../src/server/node/default-credentials.js'
import { secret } from '../handler-setup.js'

/** A container's credentials endpoint on loopback: gives the next key at each question. */
interface CredentialsEndpoint {
  readonly url: string
  readonly authorizations: (string | undefined)[]
  readonly server: Server
}

const platform = {
  PRIVATE_S3_BUCKET: 'platform-private',
  PRIVATE_S3_PREFIX: 'review-7/',
  PUBLIC_S3_BUCKET: 'platform-public',
  PUBLIC_S3_PREFIX: 'review-7/',
  AWS_REGION: 'eu-west-1',
  S3_UPLOAD_SECRET: secret,
}
const noon = new Date('2026-11-05T12:00:00Z')
const oneHour = 3_600_000

let folder: string
let endpoint: CredentialsEndpoint | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'default-credentials-'))
  const names = Object.keys(process.env).filter((name) => name.startsWith('AWS_'))
  for (const name of names) vi.stubEnv(name, undefined)
  // Nothing of this computer may help, and no question may leave it.
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
  for (const [name, value] of Object.entries(platform)) vi.stubEnv(name, value)
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
})

afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  endpoint?.server.closeAllConnections()
  endpoint?.server.close()
  endpoint = undefined
  await rm(folder, { recursive: true })
})

/** Starts the endpoint, and points the environment to it as a container platform does. */
async function startEndpoint(livesMilliseconds = oneHour): Promise<CredentialsEndpoint> {
  const authorizations: (string | undefined)[] = []
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    if (request.headers.authorization !== 'the-token') return response.writeHead(401).end()
    const body = {
      AccessKeyId: `ASIAROLE${authorizations.length}`,
      SecretAccessKey: 'role-secret',
      Token: 'role-session',
      Expiration: new Date(Date.now() + livesMilliseconds).toISOString(),
    }
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, 'the-token')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/credentials`
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', url)
  vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', tokenFile)
  endpoint = { url, authorizations, server }
  return endpoint
}

describe('configFromEnv without static keys', () => {
  it('asks the container’s endpoint with its token, once for many signatures', async () => {
    const { authorizations } = await startEndpoint()
    const { credentials, bucket, prefix } = configFromEnv()

    const [first, second] = [
      await resolveCredentials(credentials),
      await resolveCredentials(credentials),
    ]

    expect({ bucket, prefix }).toEqual({ bucket: 'platform-private', prefix: 'review-7/' })
    expect(first).toMatchObject({ accessKeyId: 'ASIAROLE1', sessionToken: 'role-session' })
    expect(second).toBe(first)
    expect(authorizations).toEqual(['the-token'])
  })

  it('has the endpoint asked only when something is signed', async () => {
    const { authorizations } = await startEndpoint()

    createSigningHandler({ ...configFromEnv(), authorize: () => ({ owner: 'ann' }) })

    expect(authorizations).toEqual([])
  })

  it('waits for new credentials in the last minute of the old ones', async () => {
    await startEndpoint()
    const { credentials } = configFromEnv()
    await resolveCredentials(credentials)

    vi.setSystemTime(noon.getTime() + oneHour - 59_000)
    const renewed = await resolveCredentials(credentials)

    // The chain's own renewal in the background may be the second question, or the third.
    expect(renewed.accessKeyId).toMatch(/^ASIAROLE[23]$/)
    expect(renewed.expiration?.getTime()).toBeGreaterThan(noon.getTime() + oneHour)
  })

  it('renews in the background before', async () => {
    await startEndpoint()
    const { credentials } = configFromEnv()
    await resolveCredentials(credentials)

    vi.setSystemTime(noon.getTime() + oneHour - 120_000)
    const meanwhile = await resolveCredentials(credentials)

    expect(meanwhile).toMatchObject({ accessKeyId: 'ASIAROLE1' })
    await expect
      .poll(() => resolveCredentials(credentials))
      .toMatchObject({ accessKeyId: 'ASIAROLE2' })
  })

  it('caps the life of a signature with that of the role, and signs with the session token', async () => {
    await startEndpoint(300_000)
    const signed = await signOne(configFromEnv({ bucket: 'public' }))

    expect(signed).toMatchObject({
      expiresInSeconds: 300,
      url: expect.stringContaining('platform-public'),
      fields: { 'x-amz-security-token': 'role-session' },
    })
    expect(signed.key).toMatch(/^review-7\//)
  })

  it('reads the profile of a shared credentials file', async () => {
    const lines = ['[team]', 'aws_access_key_id = AKIATEAM', 'aws_secret_access_key = team-secret']
    await writeFile(join(folder, 'credentials'), lines.join('\n'))
    vi.stubEnv('AWS_PROFILE', 'team')

    expect(await resolveCredentials(configFromEnv().credentials)).toMatchObject({
      accessKeyId: 'AKIATEAM',
      secretAccessKey: 'team-secret',
    })
  })

  it('asks nobody when an access key is set', async () => {
    const { authorizations } = await startEndpoint()
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIASTATIC')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'static-secret')

    expect(configFromEnv().credentials).toEqual({
      accessKeyId: 'AKIASTATIC',
      secretAccessKey: 'static-secret',
    })
    expect(authorizations).toEqual([])
  })

  it('names the half of an access key that is missing', () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIASTATIC')

    expect(() => configFromEnv()).toThrow('\n- AWS_SECRET_ACCESS_KEY: is not set')
  })

  it('refuses uploads while nobody gives credentials, and says so to the operator', async () => {
    const errors: unknown[] = []

    const refused = await signOne({ ...configFromEnv(), onError: (error) => errors.push(error) })

    expect(refused).toMatchObject({ code: 'misconfigured', retryable: false })
    expect(errors).toEqual([
      expect.objectContaining({
        cause: expect.objectContaining({ name: 'CredentialsProviderError' }),
      }),
    ])
  })
})

it('goes on with credentials in their last minute when there are no new ones', async () => {
  const ending = { accessKeyId: 'A', secretAccessKey: 'B', expiration: new Date(+noon + 30_000) }
  const provide = defaultCredentials(async () => ({
    fromNodeProviderChain: () => async (options) => {
      if (options?.forceRefresh) throw new Error('out of reach')
      return ending
    },
  }))

  expect(await provide()).toBe(ending)
})

it('loads the chain again when it could not be loaded', async () => {
  let attempts = 0
  const provide = defaultCredentials(async () => {
    attempts += 1
    if (attempts === 1) throw new Error('not yet')
    return { fromNodeProviderChain: () => async () => ({ accessKeyId: 'A', secretAccessKey: 'B' }) }
  })

  await expect(provide()).rejects.toThrow('not yet')
  expect(await provide()).toMatchObject({ accessKeyId: 'A' })
})

async function signOne(
  config: ReturnType<typeof configFromEnv> & { onError?: (error: unknown) => void },
) {
  const handler = createSigningHandler({ ...config, authorize: () => ({ owner: 'ann' }) })
  const file = { id: crypto.randomUUID(), name: 'a.txt', type: 'text/plain', size: 5 }
  const response = await handler(
    new Request('https://app.test/api/s3', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'sign-uploads', attempt: 1, files: [file] }),
    }),
  )
  const body = await response.json()
  return body.error ?? body.files[0]
}
