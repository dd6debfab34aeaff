import { createTestS3 } from 's3-direct-upload/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBucket } from '../../../src/cli/bucket/bucket.js'
import { CredentialsError } from '../../../src/cli/bucket/credentials-error.js'
import { cleanUp, noteMultipart, noteWrite } from '../../../src/cli/doctor/examination/clean-up.js'
import { ended, spawnCli } from '../bin.js'
import { examine, origin } from '../doctor/doctor-setup.js'
import { credentials, environment, runCli } from '../run-cli.js'

const endpoint = 'https://s3.example.com'
const env = environment(endpoint, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' })
const commands = [
  ['cors', '--origin', origin],
  ['cors', '--origin', origin, '--apply'],
  ['lifecycle', '--apply'],
  ['presign', 'key'],
  ['clean'],
]

/** A storage that notes whatever it is asked. */
function watchedStorage() {
  const s3 = createTestS3({ buckets: ['photos'], credentials })
  const asked: string[] = []
  const fetch = (request: Request) => {
    asked.push(`${request.method} ${request.url}`)
    return s3.fetch(request)
  }
  return { asked, terminal: { env, fetch } }
}

describe('without an access key, where the chain of AWS finds none', () => {
  beforeEach(() => {
    const names = Object.keys(process.env).filter((name) => name.startsWith('AWS_'))
    for (const name of names) vi.stubEnv(name, undefined)
    // Nothing of this computer may help, and no question may leave it.
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
  })

  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test('the doctor finds this alone, asks nothing, and leaves nothing', async () => {
    const { asked, terminal } = watchedStorage()
    const { exitCode, document, ids } = await examine(env, terminal)

    expect([exitCode, ids, document.left, asked]).toEqual([1, ['no-credentials'], [], []])
    expect(document.findings[0]?.problem).toMatch(/AWS_ACCESS_KEY_ID is not set, .* chain of AWS/)
    expect(document.findings[0]?.fix.text).toContain('AWS_PROFILE')
  })

  test.each(commands)('%s %s %s %s says it in one message', async (...args) => {
    const { asked, terminal } = watchedStorage()
    const { exitCode, errors } = await runCli(args, terminal)

    expect([exitCode, asked]).toEqual([1, []])
    expect(errors).toMatch(/^s3-direct-upload: AWS_ACCESS_KEY_ID is not set, /)
  })
})

describe('without an access key and without the optional package', () => {
  const hook = `
    import { registerHooks } from 'node:module'
    registerHooks({
      resolve(specifier, context, next) {
        if (!specifier.startsWith('@aws-sdk/')) return next(specifier, context)
        throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
      },
    })`
  const options = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]

  test('the doctor says what to install', { timeout: 60_000 }, async () => {
    const args = ['doctor', '--origin', origin, '--json']
    const { exitCode, output } = await ended(spawnCli(args, env, options))
    const { findings } = JSON.parse(output)

    expect([exitCode, findings.length]).toEqual([1, 1])
    expect(findings[0].problem).toContain('AWS_ACCESS_KEY_ID is not set')
    expect(findings[0].fix.command).toBe('npm install @aws-sdk/credential-providers')
  })

  test('another command says it too, without a stack trace', { timeout: 60_000 }, async () => {
    const { exitCode, errors } = await ended(spawnCli(['clean'], env, options))

    expect(exitCode).toBe(1)
    expect(errors).toContain('npm install @aws-sdk/credential-providers')
    expect(errors).not.toMatch(/\n +at /)
  })
})

test('what was never sent is not named as left behind, when the credentials end in between', async () => {
  const { terminal } = watchedStorage()
  let asked = 0
  const source = async () => {
    asked += 1
    throw new CredentialsError(new Error('The session has ended.'))
  }
  const location = { bucket: 'photos', region: 'us-east-1', endpoint }
  const bucket = openBucket(
    { ...location, credentials: source },
    { ...terminal, now: () => new Date() },
  )
  const written = {
    keys: new Set<string>(),
    unnamedMultiparts: new Set<string>(),
    multiparts: new Map(),
  }
  const send = () => bucket.send({ method: 'PUT', key: 'a', body: 'a' })

  await expect(noteWrite({ written }, 'a', send)).rejects.toThrow('The session has ended')
  await expect(noteMultipart({ written }, 'a', send)).rejects.toThrow('The session has ended')

  expect([await cleanUp({ bucket, written }), asked]).toEqual([[], 2])
})
