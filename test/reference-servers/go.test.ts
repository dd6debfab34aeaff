import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runConformance } from '../../src/cli/conformance/run-conformance.js'
import { repositoryPath } from '../support/repository-path.js'
import { canRun, startExample } from './start-example.js'

const isInstalled = canRun('go', ['version'])
if (!isInstalled) process.stdout.write('Skipped: the Go example needs golang-go.\n')

test.skipIf(!isInstalled)(
  'the Go example passes the level core',
  async () => {
    const cwd = repositoryPath('examples/go')
    const folder = await mkdtemp(join(tmpdir(), 'go-example-'))
    const program = join(folder, 'endpoint')
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOPROXY: 'off' }
    const build = spawnSync('go', ['build', '-o', program, '.'], { cwd, env })
    expect(build.stderr.toString()).toBe('')
    const server = await startExample(program, [], { cwd: folder, env: { PORT: '0' } })
    try {
      const { origin } = new URL(server.url)

      const report = await runConformance(server.url, { ...server.users, levels: ['core'], origin })

      expect(report.results.filter(({ state }) => state !== 'pass')).toEqual([])
      expect(server.output()).not.toMatch(/panic|v1\.[\w-]{20}/)
    } finally {
      await server.close()
      await rm(folder, { recursive: true })
    }
  },
  180_000,
)
