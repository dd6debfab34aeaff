import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { ConformanceLevel } from '../../../src/cli/conformance/client/conformance-levels.js'
import { conformanceRules } from '../../../src/cli/conformance/rules/index.js'
import { runConformance } from '../../../src/cli/conformance/run-conformance.js'
import { repositoryPath } from '../../support/repository-path.js'
import {
  type ConformanceSite,
  signsDownloads,
  startConformanceSite,
  users,
} from './conformance-site.js'

const multipartSizeBytes = 6 * 2 ** 20
const levels: readonly ConformanceLevel[] = [
  'core',
  'multipart',
  ...(signsDownloads ? (['downloads'] as const) : []),
]

let site: ConformanceSite | undefined

afterEach(async () => {
  await site?.close()
})

describe('the handler of this package', () => {
  test('passes every rule of every level', async () => {
    site = await startConformanceSite()
    const { origin } = new URL(site.url)

    const report = await runConformance(site.url, { ...users, levels, origin, multipartSizeBytes })

    expect(report.results.filter(({ state }) => state !== 'pass')).toEqual([])
    expect(report.passed).toBe(true)
  })

  test('passes where it deletes what is given up before anybody claimed it', async () => {
    site = await startConformanceSite({ unclaimed: 'tag' })

    const { results } = await runConformance(site.url, { ...users, levels: ['core'] })

    expect(results.filter(({ state }) => state === 'fail')).toEqual([])
  })

  test('passes behind a proxy that lets no list of 101 items through', async () => {
    site = await startConformanceSite({}, async (request, handler) => {
      const text = request.method === 'POST' ? await request.clone().text() : ''
      const lists = text.length < 4e5 && text.startsWith('{"operation"') ? listsIn(text) : []
      const isLong = lists.some((list) => list.length > 100)
      return isLong ? new Response('Too large', { status: 413 }) : handler(request)
    })

    const { results } = await runConformance(site.url, { ...users, levels, multipartSizeBytes })

    expect(results.filter(({ state }) => state === 'fail')).toEqual([])
  })

  test('passes with PUT instead of POST', async () => {
    site = await startConformanceSite({ method: 'PUT', multipartThreshold: false })

    const report = await runConformance(site.url, { ...users, levels: ['core'] })

    expect(report.results.filter(({ state }) => state === 'fail')).toEqual([])
  })
})

test('skips what it cannot check, and says why', async () => {
  site = await startConformanceSite({ authorize: () => ({ owner: 'ann' }) })

  const { results } = await runConformance(site.url)

  expect(
    results
      .filter(({ state }) => state === 'skipped')
      .map(({ id, sentence }) => `${id}: ${sentence}`),
  ).toEqual([
    'signed-out: No header of a signed-in user was given.',
    'other-user: No header of another user was given.',
    'own-origin: No origin was given.',
  ])
})

test('ends when its signal is aborted', async () => {
  site = await startConformanceSite()
  const signal = AbortSignal.abort()

  await expect(runConformance(site.url, { ...users, signal })).rejects.toThrow('aborted')
})

test('every rule has an id of its own and names a heading of docs/protocol.md', async () => {
  const ids = conformanceRules.map(({ id }) => id)
  const document = await readFile(repositoryPath('docs/protocol.md'), 'utf8')
  const headings = Array.from(document.matchAll(/^#+ (.+)$/gm), ([, heading]) => heading)

  expect(ids).toEqual([...new Set(ids)])
  expect(
    conformanceRules.filter(({ level }) => levels.includes(level)).map(({ section }) => section),
  ).toEqual(
    expect.toSatisfy((sections: string[]) =>
      sections.every((section) => headings.includes(section)),
    ),
  )
})

/** The lists of a body; none where it is no JSON. */
function listsIn(text: string): readonly (readonly unknown[])[] {
  try {
    return Object.values(JSON.parse(text)).filter((value) => Array.isArray(value))
  } catch {
    return []
  }
}
