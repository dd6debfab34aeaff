import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { configFromEnv } from '../../../src/server/node/config-from-env.js'
import { secret } from '../handler-setup.js'

const olderSecret = 'an older secret that still has to verify'

const env = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  S3_BUCKET: 'files',
  S3_UPLOAD_SECRET: secret,
}

const pair = {
  PRIVATE_S3_BUCKET: 'private-files',
  PRIVATE_S3_PREFIX: 'review-7/',
  PUBLIC_S3_BUCKET: 'public-files',
  PUBLIC_S3_PREFIX: 'review-7-public/',
}

describe('configFromEnv', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('reads the names that AWS tools use', () => {
    expect(configFromEnv({ env })).toEqual({
      bucket: 'files',
      region: 'eu-west-1',
      credentials: {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
      secret,
    })
  })

  it('reads what is optional', () => {
    const config = configFromEnv({
      env: {
        ...env,
        AWS_ENDPOINT_URL: 'https://any.test',
        AWS_ENDPOINT_URL_S3: 'https://s3.test',
        AWS_SESSION_TOKEN: 'token',
        S3_PREFIX: 'uploads/',
        S3_FORCE_PATH_STYLE: 'false',
      },
    })

    expect(config).toMatchObject({
      endpoint: 'https://s3.test',
      prefix: 'uploads/',
      forcePathStyle: false,
      credentials: { sessionToken: 'token' },
    })
  })

  it('falls back to the general names', () => {
    const { AWS_REGION: _, ...rest } = env
    const config = configFromEnv({
      env: { ...rest, AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'https://any.test' },
    })

    expect(config).toMatchObject({ region: 'us-east-1', endpoint: 'https://any.test' })
  })

  it.each([
    [
      'the private pair',
      { ...env, ...pair, S3_BUCKET: undefined },
      undefined,
      'private-files',
      'review-7/',
    ],
    ['the one bucket', { ...env, ...pair, S3_PREFIX: 'a/' }, undefined, 'files', 'a/'],
    ['the private pair on demand', { ...env, ...pair }, 'private', 'private-files', 'review-7/'],
    [
      'the public pair on demand',
      { ...env, ...pair },
      'public',
      'public-files',
      'review-7-public/',
    ],
  ] as const)('chooses %s', (_, variables, bucket, name, prefix) => {
    expect(configFromEnv({ env: variables, bucket })).toMatchObject({ bucket: name, prefix })
  })

  const full = {
    ...env,
    AWS_ENDPOINT_URL_S3: 'http://minio:9000',
    S3_PUBLIC_ENDPOINT: 'https://files.example.com',
    AWS_SESSION_TOKEN: 'token',
    S3_PREFIX: 'uploads/',
    S3_FORCE_PATH_STYLE: 'true',
  }

  it.each(Object.keys(full) as (keyof typeof full)[])(
    'takes off what stands around the value of %s',
    (name) => {
      const value = full[name]
      const forms = [
        `${value}\n`,
        `${value}\r\n`,
        ` ${value}`,
        `${value}\t`,
        `"${value}"`,
        `'${value}'\n`,
      ]

      for (const form of [...forms, `\ufeff${value}\u00a0`]) {
        expect(configFromEnv({ env: { ...full, [name]: form } })).toEqual(
          configFromEnv({ env: full }),
        )
      }
    },
  )

  it.each(['S3_BUCKET', 'AWS_REGION', 'S3_UPLOAD_SECRET', 'AWS_SECRET_ACCESS_KEY'])(
    'counts %s of blanks as not set',
    (name) => {
      expect(() => configFromEnv({ env: { ...env, [name]: ' '.repeat(40) } })).toThrow(
        `\n- ${name}: is not set`,
      )
    },
  )

  it('has no session token of a line end', () => {
    const { credentials } = configFromEnv({ env: { ...env, AWS_SESSION_TOKEN: '\n' } })

    expect(credentials).not.toHaveProperty('sessionToken')
  })

  it.each([
    ['AWS_SECRET_ACCESS_KEY', 'wJalr\nXUtn'],
    ['AWS_ACCESS_KEY_ID', '"AKIA'],
    ['AWS_REGION', 'eu-west-1 # Ireland'],
    ['S3_BUCKET', 'my photos'],
    ['AWS_SESSION_TOKEN', 'to\u200bken'],
    ['S3_PREFIX', 'a\nb/'],
    ['AWS_ENDPOINT_URL_S3', 'minio:9000'],
    ['S3_PUBLIC_ENDPOINT', 'http://a b'],
    ['AWS_USE_FIPS_ENDPOINT', 'yes'],
  ])('refuses %s with %j inside', (name, value) => {
    const attempt = () => configFromEnv({ env: { ...full, [name]: value } })

    expect(attempt).toThrow(new RegExp(`environment\\.\n- ${name}: [^\n]+$`))
    expect(attempt).not.toThrow('wJalr')
  })

  it.each(['S3_BUCKET', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'S3_PREFIX'])(
    'refuses the name of nothing as the value of %s',
    (name) => {
      for (const value of ['undefined', 'null', ' "undefined"\n']) {
        const attempt = () => configFromEnv({ env: { ...full, [name]: value } })

        expect(attempt).toThrow(
          new RegExp(`environment\\.\n- ${name}: is the text "(undefined|null)"[^\n]+$`),
        )
      }
    },
  )

  it('refuses credentials in an endpoint without repeating them', () => {
    const attempt = () =>
      configFromEnv({ env: { ...env, AWS_ENDPOINT_URL: 'http://admin:hunter2@minio:9000' } })

    expect(attempt).toThrow('\n- AWS_ENDPOINT_URL: ')
    expect(attempt).not.toThrow('hunter2')
  })

  it('reads which endpoints of AWS are used', () => {
    const config = configFromEnv({
      env: {
        ...env,
        S3_USE_ACCELERATE_ENDPOINT: 'false',
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        AWS_USE_FIPS_ENDPOINT: 'TRUE',
      },
    })

    expect(config).toMatchObject({
      useAccelerateEndpoint: false,
      useDualstackEndpoint: true,
      useFipsEndpoint: true,
    })
  })

  it('names every variable that is missing', () => {
    expect(() => configFromEnv({ env: {} })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/S3_BUCKET.*AWS_REGION.*S3_UPLOAD_SECRET/s),
      }),
    )
  })

  it.each([
    ['PUBLIC_S3_BUCKET', env, 'public'],
    ['S3_BUCKET', { ...env, S3_BUCKET: '' }, undefined],
    ['S3_UPLOAD_SECRET', { ...env, S3_UPLOAD_SECRET: 'short' }, undefined],
    ['S3_UPLOAD_SECRET', { ...env, S3_UPLOAD_SECRET: `${secret},short` }, undefined],
    ['S3_UPLOAD_SECRET', { ...env, S3_UPLOAD_SECRET: ' , ' }, undefined],
    ['S3_FORCE_PATH_STYLE', { ...env, S3_FORCE_PATH_STYLE: 'yes' }, undefined],
  ] as const)('refuses an unusable %s', (name, variables, bucket) => {
    expect(() => configFromEnv({ env: variables, bucket })).toThrow(`\n- ${name}: is`)
  })

  it.each([
    ['commas', `${secret},${olderSecret}`],
    ['blanks around a comma', ` ${secret} ,\n${olderSecret}`],
    ['a comma too many', `${secret},,${olderSecret},`],
    ['quotation marks around all and commas', `"${secret},${olderSecret}"`],
    ['quotation marks around each and commas', `"${secret}", '${olderSecret}'`],
    ['quotation marks of one kind around each and commas', `"${secret}","${olderSecret}"`],
  ])('reads several secrets with %s between them', (_, variable) => {
    const config = configFromEnv({ env: { ...env, S3_UPLOAD_SECRET: variable } })

    expect(config.secret).toEqual([secret, olderSecret])
  })

  it('keeps one secret as text', () => {
    const config = configFromEnv({ env: { ...env, S3_UPLOAD_SECRET: `${secret},` } })

    expect(config.secret).toBe(secret)
  })

  it('says at which place a secret is too short', () => {
    const variable = `${secret},short`

    expect(() => configFromEnv({ env: { ...env, S3_UPLOAD_SECRET: variable } })).toThrow(
      'S3_UPLOAD_SECRET: is too short at place 2',
    )
  })

  it.each([
    [
      'a list in JSON',
      JSON.stringify([secret, olderSecret]),
      'a bracket at an end at place 1 of 2',
    ],
    ['a quotation mark too many', `${secret},"${olderSecret}`, 'at place 2 of 2'],
    ['one to a line', `${secret}\n${olderSecret}`, 'is more than one line'],
    ['a character that nobody sees', `${secret}\0${olderSecret}`, 'has a control character'],
  ])('refuses secrets that are %s', (_, variable, problem) => {
    const attempt = () => configFromEnv({ env: { ...env, S3_UPLOAD_SECRET: variable } })

    expect(attempt).toThrow('\n- S3_UPLOAD_SECRET: ')
    expect(attempt).toThrow(problem)
  })

  it.each(['hunter2', `${secret},hunter2`])('never quotes a secret of %s', (variable) => {
    const quoting = () =>
      configFromEnv({ env: { ...env, S3_UPLOAD_SECRET: variable, AWS_REGION: '' } })

    expect(quoting).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
    expect(quoting).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('wJalr') }),
    )
  })

  it('reads the environment of the process', () => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)

    expect(configFromEnv()).toMatchObject({ bucket: 'files' })
  })

  it('gives the options of a signing handler', () => {
    expect(createSigningHandler({ ...configFromEnv({ env }), authorize: () => null })).toBeTypeOf(
      'function',
    )
  })
})
