import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DirectoryLock } from '../../../../src/testing/node/disk/directory-lock.js'

/** Of a process that runs for as long as this one. */
const otherProcess = process.ppid
const goneProcess = 999_999_999
let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'directory-lock-'))
  file = join(directory, 'lock')
})

afterEach(() => rm(directory, { recursive: true, force: true }))

const lockThatSleeps = (sleep = async () => {}) => new DirectoryLock(file, { sleep })

it('is refused while another process has it, and says which', async () => {
  await writeFile(file, String(otherProcess))

  await expect(lockThatSleeps().acquire()).rejects.toThrow(
    `process ${otherProcess} uses the directory`,
  )
  expect(await readFile(file, 'utf8')).toBe(String(otherProcess))
})

it('waits for a process that has made its file and not written into it yet', async () => {
  await writeFile(file, '')
  const lock = lockThatSleeps(() => writeFile(file, String(otherProcess)))

  await expect(lock.acquire()).rejects.toThrow(`process ${otherProcess} uses`)
})

it('gives way to a process that has taken over the same old lock', async () => {
  await writeFile(file, String(goneProcess))
  const lock = lockThatSleeps(() => writeFile(file, String(otherProcess)))

  await expect(lock.acquire()).rejects.toThrow(`process ${otherProcess} uses`)
})

it.each(['', 'no number', '-1', String(goneProcess)])(
  'takes over a lock that says %j',
  async (text) => {
    await writeFile(file, text)
    const lock = lockThatSleeps()

    await lock.acquire()
    expect(await readFile(file, 'utf8')).toBe(String(process.pid))
    await lock.release()
    await expect(readFile(file, 'utf8')).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
