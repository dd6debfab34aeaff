import { randomBytes } from 'node:crypto'
import { open, readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { CDPSession } from 'playwright'
import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()
const gibibyte = 2 ** 30
const size = 5 * gibibyte + 12_345
const rangeBytes = 1_000_000
/** The bucket keeps the parts, and for a moment the object beside them. */
const neededBytes = 2.5 * size

/** A file without content but for a block each 50 MB, at places that are no boundary of anything. */
async function writeSparse(): Promise<string> {
  const path = join(suite.folder.path, 'sparse.bin')
  const file = await open(path, 'w')
  for (let at = 0; at < size; at += 50_000_003) {
    const block = randomBytes(Math.min(rangeBytes, size - at))
    await file.write(block, 0, block.length, at)
  }
  await file.write(randomBytes(1000), 0, 1000, size - 1000)
  await file.close()
  return path
}

async function readRange(path: string, from: number): Promise<Buffer> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(rangeBytes), 0, rangeBytes, from)
  await file.close()
  return buffer.subarray(0, bytesRead)
}

/** What the processes of this Chromium hold in memory together, in MiB; what several share counts once. */
async function heldMebibytes(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const texts = await Promise.all(
    // A process may have ended meanwhile.
    processInfo.map(({ id }) => readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')),
  )
  const kibibytes = texts.map((text) => Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0))
  return Math.round(kibibytes.reduce((sum, held) => sum + held, 0) / 1024)
}

it('a sparse file of 5 GiB goes up, and is the same at both ends and twenty places', {
  timeout: 3_600_000,
}, async () => {
  const { bavail, bsize } = await statfs(suite.folder.path)
  expect(bavail * bsize, 'free bytes of the disk').toBeGreaterThan(neededBytes)
  const path = await writeSparse()
  const start = performance.now()
  let highestMebibytes = 0
  const session = await suite.browser.newBrowserCDPSession()
  const memory = setInterval(async () => {
    highestMebibytes = Math.max(highestMebibytes, await heldMebibytes(session))
  }, 1000)

  await suite.tab.page.locator('input[type=file]').setInputFiles(path)
  const row = suite.tab.page.locator('li:is([data-status=complete], [data-status=failed])')
  await row.waitFor({ timeout: 3_500_000 })

  clearInterval(memory)
  const seconds = Math.round((performance.now() - start) / 1000)
  process.stdout.write(
    `5 GiB in ${seconds} s; Chromium held at most ${highestMebibytes} MiB, Node holds ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`,
  )
  const [upload] = suite.app.uploads
  const { endpoint, region, credentials, name } = suite.app.bucket
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const places = Array.from({ length: 20 }, () => Math.floor(Math.random() * (size - rangeBytes)))
  const error = await suite.tab.page.locator('html').getAttribute('data-error')
  expect({ size: upload?.size, error }).toEqual({ size, error: null })
  for (const from of [0, size - rangeBytes, ...places]) {
    const Range = `bytes=${from}-${from + rangeBytes - 1}`
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: name, Key: upload?.key ?? '', Range }),
    )
    const stored = Buffer.from((await Body?.transformToByteArray()) ?? [])
    expect(stored.equals(await readRange(path, from)), Range).toBe(true)
  }
})
