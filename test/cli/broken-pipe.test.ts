import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended, spawnCli } from './bin.js'
import { type ConformanceSite, startConformanceSite } from './conformance/conformance-site.js'
import { appEnvironment, origin, startBucket } from './doctor/doctor-setup.js'

const timeout = 60_000

describe('a reader that leaves early', () => {
  let s3: RunningTestS3
  let site: ConformanceSite
  let directory = ''

  beforeAll(async () => {
    s3 = await startBucket()
    site = await startConformanceSite()
    directory = await mkdtemp(join(tmpdir(), 'cli-pipe-'))
  })

  afterAll(async () => {
    await s3.close()
    await site.close()
    await rm(directory, { recursive: true, force: true })
  })

  const commands: readonly (() => readonly [exitCode: number, ...args: string[]])[] = [
    () => [0, '--help'],
    () => [0, '--version'],
    () => [0, 'doctor', '--origin', origin],
    () => [0, 'cors', '--origin', origin],
    () => [0, 'lifecycle'],
    () => [0, 'presign', 'key'],
    () => [0, 'clean'],
    () => [1, 'doctor', '--origin', origin, '--bucket', 'fotos'],
    () => [0, 'conformance', site.url, '--header', 'cookie: user=ann'],
    () => [0, 'dev', '--port', '0', '--signing-port', '0', '--directory', join(directory, 's3')],
    () => [2, 'nothing', '--json'],
  ]

  test.each(commands)(
    'of the standard output ends a command without a word: %#',
    {
      timeout,
    },
    async (command) => {
      const [exitCode, ...args] = command()
      const child = spawnCli(args, appEnvironment(s3))
      child.stdout.destroy()
      const end = await ended(child)

      expect([end.signal, end.exitCode]).toEqual([null, exitCode])
      expect(end.errors).not.toMatch(/EPIPE|node:|\bat /)
    },
  )

  test.each([
    { exitCode: 0, args: ['cors', '--origin', origin], product: /CORSRules/ },
    { exitCode: 2, args: ['presign'], product: /^$/ },
  ])(
    'of the errors leaves $args what it writes, and exit code $exitCode',
    {
      timeout,
    },
    async ({ exitCode, args, product }) => {
      const child = spawnCli(args, appEnvironment(s3))
      child.stderr.destroy()
      const end = await ended(child)

      expect([end.signal, end.exitCode]).toEqual([null, exitCode])
      expect(end.output).toMatch(product)
    },
  )
})
