import { afterEach, expect, test } from 'vitest'
import { runCli } from '../run-cli.js'
import { type ConformanceSite, startConformanceSite } from './conformance-site.js'

const identities = ['--header', 'Cookie: user=ann', '--other-header', 'Cookie: user=ben']
let site: ConformanceSite | undefined

afterEach(async () => {
  await site?.close()
})

test('writes a line for each rule and exits with 0 when all hold', async () => {
  site = await startConformanceSite()

  const { exitCode, output } = await runCli(['conformance', site.url, ...identities])

  expect(output).toMatch(/^ok {7}round-trip: signs what the bucket takes/m)
  expect(output).toMatch(/^Levels core: \d+ passed, 0 failed, 1 skipped$/m)
  expect(exitCode).toBe(0)
})

test('exits with 1 when a rule fails, and names the rule and the section', async () => {
  site = await startConformanceSite({ authorize: () => ({ owner: 'everybody' }) })

  const { exitCode, output } = await runCli(['conformance', site.url, ...identities])

  expect(output).toMatch(
    /^FAILED {3}other-user: .*\n.*\n +docs\/protocol.md, "What a server must do": /m,
  )
  expect(exitCode).toBe(1)
})

test('writes one JSON document, without a token or a signed URL', async () => {
  site = await startConformanceSite()

  const { output } = await runCli(['conformance', site.url, '--json', ...identities])

  expect(JSON.parse(output)).toMatchObject({ passed: true, levels: ['core'] })
  expect(output).not.toMatch(/v1\.[\w-]{20}|X-Amz|user=ann/i)
})

test.each([
  [['ftp://host/'], 'no http: or https: URL'],
  [['http://host/', '--header', 'secret'], 'has the form'],
  [['http://host/', '--level', 'all'], 'The levels are core, multipart, downloads.'],
  [['--level', 'core', 'http://host/'], 'Write the URL before --level.'],
  [['http://ann:secret@host/'], 'Give them as a header'],
  [['http://host/', '--multipart-size', 'big'], '--multipart-size'],
])('refuses %j as called wrongly', async (args, message) => {
  const { exitCode, errors } = await runCli(['conformance', ...args])

  expect(errors).toContain(message)
  expect(errors).not.toContain('secret')
  expect(exitCode).toBe(2)
})
