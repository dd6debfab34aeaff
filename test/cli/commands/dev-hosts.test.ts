import { mkdtemp, rm } from 'node:fs/promises'
import { request as sendRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevServer, startDevServer } from '../../../src/cli/commands/dev-server.js'
import { runCli } from '../run-cli.js'

const body = JSON.stringify({
  operation: 'sign-uploads',
  files: [{ id: crypto.randomUUID(), name: 'a.txt', type: 'text/plain', size: 5 }],
})

/** Sends what the browser sends for a page whose own name leads here; `fetch` lets nobody choose `Host`. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  const { hostname, port, pathname } = new URL(url)
  const origin = `http://${host.toLowerCase()}`
  const headers = { host, origin, 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path: pathname, method: 'POST', headers }
    sendRequest(options, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .once('error', reject)
      .end(body)
  })
}

describe('dev', () => {
  let server: DevServer
  let directory = ''

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cli-hosts-'))
    server = await startDevServer({
      bucket: 'dev',
      directory: join(directory, 's3'),
      port: 0,
      signingPort: 0,
      origins: ['http://localhost:5173'],
      hosts: ['host.docker.internal'],
    })
  })

  afterAll(async () => {
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })

  test.each([
    'evil.example.com',
    'evil.example.com:9412',
    '127.0.0.1.evil.example.com',
    'localhost.evil.example.com',
    'evillocalhost',
    '192.168.0.7',
    '0.0.0.0',
    'localhost@evil.example.com',
  ])('refuses a page that calls it %s, at both ports', async (host) => {
    expect(await statusFor(server.signingUrl, host)).toBe(421)
    expect(await statusFor(`${server.s3Url}/dev`, host)).toBe(421)
  })

  test.each([
    'localhost:9412',
    'LOCALHOST',
    'dev.localhost',
    '127.0.0.1',
    '[::1]:9412',
    'host.docker.internal',
  ])('answers under its own name %s', async (host) => {
    expect(await statusFor(server.signingUrl, host)).toBe(200)
    expect(await statusFor(`${server.s3Url}/dev`, host)).not.toBe(421)
  })
})

test.each(['HOST', 'host:80', 'http://host', 'a b', ''])(
  'dev refuses --allow-host %j',
  async (name) => {
    const { exitCode, errors } = await runCli(['dev', '--allow-host', name])

    expect(exitCode).toBe(2)
    expect(errors).toContain('Write a host name alone')
  },
)
