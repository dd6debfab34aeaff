import { afterEach, expect, test } from 'vitest'
import { runConformance } from '../../../src/cli/conformance/run-conformance.js'
import { brokenServers } from './broken-servers.js'
import { type ConformanceSite, startConformanceSite, users } from './conformance-site.js'

let site: ConformanceSite | undefined

afterEach(async () => {
  await site?.close()
})

test.each(brokenServers)('a server that $fault fails by $failing', async (server) => {
  site = await startConformanceSite(server.options, server.answer)

  const report = await runConformance(site.url, {
    ...users,
    levels: server.levels ?? ['core'],
    multipartSizeBytes: 6 * 2 ** 20,
  })

  const failed = report.results.filter(({ state }) => state === 'fail')
  expect(failed.map(({ id }) => id).toSorted()).toEqual(server.failing.toSorted())
  expect(report.passed).toBe(false)
})
