import { expect, test } from 'vitest'
import { runConformance } from '../../src/cli/conformance/run-conformance.js'
import { repositoryPath } from '../support/repository-path.js'
import { canRun, startExample } from './start-example.js'

// Debian's, for which there are packages of Flask and boto3.
const python = '/usr/bin/python3'
const isInstalled = canRun(python, ['-c', 'import flask, boto3'])
if (!isInstalled)
  process.stdout.write('Skipped: the Flask example needs python3-flask and python3-boto3.\n')

test.skipIf(!isInstalled)(
  'the Flask example passes the levels core and downloads',
  async () => {
    const args = ['-B', '-m', 'flask', '--app', 'app', 'run', '--port', '0']
    const server = await startExample(python, args, {
      cwd: repositoryPath('examples/python-flask'),
    })
    try {
      const { origin } = new URL(server.url)
      const levels = ['core', 'downloads'] as const

      const report = await runConformance(server.url, { ...server.users, levels, origin })

      expect(report.results.filter(({ state }) => state !== 'pass')).toEqual([])
      expect(server.output()).not.toMatch(/Traceback|v1\.[\w-]{20}/)
    } finally {
      await server.close()
    }
  },
  60_000,
)
