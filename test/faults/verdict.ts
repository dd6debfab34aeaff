import type { TestS3Multipart } from 's3-direct-upload/testing'
import { changedContentOf, contentOf, sha256Of } from './contents.js'
import type { Run } from './run-scenario.js'
import type { Scenario, ScenarioFile, UserAction } from './scenario.js'
import { bucketName, type Site } from './site.js'

/** How long what was cancelled may take to leave the bucket. */
const abortMs = 20_000
/** How long it may take to note an upload, on a busy machine. */
const notingMs = 1000
const blockBytes = 256 * 1024
/** After these an object may be there that nobody has heard of. */
const abandoning: ReadonlySet<UserAction['kind']> = new Set([
  'cancel',
  'cancel-all',
  'change-file',
  'add-again',
  'reload',
  'close-tab',
])

/** Says everything that is wrong after a run; nothing when all is well. */
export async function judge(scenario: Scenario, site: Site, run: Run): Promise<string[]> {
  const problems = [...run.errors]
  const unsettled = run.last.filter(({ status }) => status !== 'complete' && status !== 'failed')
  if (!run.hasSettled) {
    const waiting = unsettled.map(({ name, status }) => `${name} (${status})`)
    problems.push(`does not come to an end: ${waiting.join(', ')}`)
  }
  for (const { name, status, error } of run.last) {
    if (status === 'failed') problems.push(`${name} failed without faults: ${error}`)
  }
  const changed = changedFiles(scenario)
  if (scenario.refusals === 0) {
    for (const { name, error } of run.failedBefore) {
      if (!changed.has(name))
        problems.push(`${name} failed although every fault is curable: ${error}`)
    }
  }
  for (const { name, status, successes } of run.last) {
    const expected = status === 'complete' ? 1 : 0
    if (successes !== expected) problems.push(`${name} is ${status}, ${successes} times for Uppy`)
  }
  problems.push(...(await wrongBytes(scenario, site, run)))
  problems.push(...(await strays(scenario, site, run)))
  if (run.hasSettled) problems.push(...(await leftovers(site, run)))
  return problems
}

/** Holds every file that was reported complete against what lies in the bucket. */
async function wrongBytes(scenario: Scenario, site: Site, run: Run): Promise<string[]> {
  const objects = new Map((await site.s3.objects(bucketName)).map((object) => [object.key, object]))
  const problems: string[] = []
  for (const { name, key = '' } of run.completed) {
    const file = scenario.files.find((candidate) => candidate.name === name)
    const object = objects.get(key)
    if (!file) problems.push(`${name} was reported complete, and nobody has chosen it`)
    else if (!object) problems.push(`${name} was reported complete, and there is no ${key}`)
    else if (object.size !== file.size) {
      problems.push(`${name} has ${object.size} bytes in the bucket instead of ${file.size}`)
    } else {
      const stored = new Uint8Array(await new Response(await object.body()).arrayBuffer())
      if (hashesOf(scenario, file).includes(sha256Of(stored))) continue
      problems.push(
        `${name} has other bytes in the bucket: ${describeMixture(scenario, file, stored)}`,
      )
    }
  }
  return problems
}

function changedFiles({ actions }: Scenario): ReadonlySet<string> {
  return new Set(actions.flatMap((action) => (action.kind === 'change-file' ? [action.file] : [])))
}

/** What may lie in the bucket; of a file that was changed one content or the other, but no mixture. */
function hashesOf(scenario: Scenario, file: ScenarioFile): string[] {
  const contents = [contentOf(scenario.seed, file)]
  if (changedFiles(scenario).has(file.name)) contents.push(changedContentOf(scenario.seed, file))
  return contents.map(sha256Of)
}

/** Finds objects that no tab has reported, where nobody has cancelled or gone. */
async function strays(
  { actions }: Scenario,
  site: Site,
  { completed, failedBefore, keysBefore }: Run,
): Promise<string[]> {
  const isExcused = actions.some(({ kind }) => abandoning.has(kind))
  const known = new Set(completed.map(({ key }) => key))
  const unknown = (await site.s3.objects(bucketName)).filter(({ key }) => !known.has(key))
  const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
  // A key keeps the number that each name begins with.
  const failedNumbers = new Set(failedBefore.map(({ name }) => name.slice(0, 2)))
  return unknown.flatMap(({ key }) => {
    const hadFailed = keysBefore.includes(key) && failedNumbers.has(nameOf(key).slice(0, 2))
    if (hadFailed) return [`${nameOf(key)} was reported failed and lies in the bucket`]
    // Bytes of a paused transfer may arrive after the server was asked about them; more cannot be done.
    const isAskedFor = site.requests.some(
      (request) => request.operation === 'HeadObject' && request.key === key,
    )
    if (isExcused || isAskedFor) return []
    return [`${nameOf(key)} lies in the bucket and was reported by nobody`]
  })
}

/** Waits for the end of what was cancelled: no multipart upload may stay open. */
async function leftovers(site: Site, run: Run): Promise<string[]> {
  const end = performance.now() + abortMs
  for (;;) {
    const open = await site.s3.uploads(bucketName)
    const unexcused = open.filter((upload) => !isExcused(upload, site, run))
    if (unexcused.length === 0) return []
    if (performance.now() > end) {
      return unexcused.map(
        ({ key, parts }) => `an upload stays open: ${key}, ${parts.length} parts`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A page that goes before it has heard of its upload, or has noted it, leaves nobody who can go on with it. */
function isExcused({ key }: TestS3Multipart, { requests }: Site, { goneAt }: Run): boolean {
  const mine = requests.filter((request) => request.key === key)
  const isHeardOf = mine.some(({ partNumber }) => partNumber !== undefined)
  if (!isHeardOf) return goneAt.length > 0
  const begun = mine.filter(
    ({ operation, status }) => operation === 'CreateMultipartUpload' && status === 200,
  )
  return begun.some(({ endedAt }) => goneAt.some((time) => Math.abs(time - endedAt) < notingMs))
}

/** Says of each 256 KiB where they are from: the file as it was, the file as it was changed, neither. */
function describeMixture({ seed }: Scenario, file: ScenarioFile, stored: Uint8Array): string {
  const [before, after] = [contentOf(seed, file), changedContentOf(seed, file)]
  const blocks = Array.from({ length: Math.ceil(stored.length / blockBytes) }, (_, index) => {
    const isFrom = (content: Uint8Array) => {
      const [start, end] = [index * blockBytes, (index + 1) * blockBytes]
      return Buffer.compare(content.subarray(start, end), stored.subarray(start, end)) === 0
    }
    return isFrom(before) ? 'b' : isFrom(after) ? 'a' : '?'
  })
  return blocks.join('')
}
