import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const disturbed = [
  'appendFile',
  'lstat',
  'mkdir',
  'open',
  'readdir',
  'rename',
  'rm',
  'rmdir',
  'truncate',
  'writeFile',
] as const

/** The name of a call. */
export type DiskCall = (typeof disturbed)[number]

type Call = (...args: unknown[]) => Promise<unknown>

/** What stands for a process that ends. */
export interface EndingProcess {
  /** Whether the end has come. */
  readonly hasEnded: boolean
  /** Gives the disk back. */
  readonly restore: () => void
}

/**
 * Lets so many calls reach the disk, or those up to the first of a name, as if this process were killed in the next one.
 *
 * Of a call that writes, half of the bytes still arrive.
 */
export function endAfter(last: number | DiskCall): EndingProcess {
  let calls = 0
  let isLastThrough = last === 0
  let hasEnded = false
  const restore = disturbDisk(async (name, args, original) => {
    if (!isLastThrough) {
      calls += 1
      isLastThrough = last === calls || last === name
      return original(...args)
    }
    const isFirst = !hasEnded
    hasEnded = true
    if (isFirst) await writeHalf(name, args, original)
    throw new Error('The process has ended.')
  })
  return {
    get hasEnded() {
      return hasEnded
    },
    restore,
  }
}

/** Has the next call of a name fail, as on a disk that is full; half of what it writes has arrived. */
export function failNext(failing: DiskCall): () => void {
  let hasFailed = false
  return disturbDisk(async (name, args, original) => {
    if (name !== failing || hasFailed) return original(...args)
    hasFailed = true
    await writeHalf(name, args, original)
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  })
}

/** Puts something in place of every call to the disk; returns what takes it away again. */
function disturbDisk(
  replacement: (name: DiskCall, args: readonly unknown[], original: Call) => Promise<unknown>,
): () => void {
  // All of these functions take what they take and return a promise.
  const disk = fs.promises as unknown as Record<DiskCall, Call>
  const originals = Object.fromEntries(disturbed.map((name) => [name, disk[name]]))
  for (const name of disturbed) {
    const original = disk[name]
    disk[name] = (...args) => replacement(name, args, original)
  }
  syncBuiltinESMExports()
  return () => {
    Object.assign(disk, originals)
    syncBuiltinESMExports()
  }
}

async function writeHalf(name: DiskCall, args: readonly unknown[], original: Call) {
  if (name !== 'appendFile' && name !== 'writeFile') return
  const [path, content, ...rest] = args
  // What is written here is text, bytes or a list of bytes.
  const bytes = Array.isArray(content)
    ? Buffer.concat(content)
    : Buffer.from(content as string | Uint8Array)
  await original(path, bytes.subarray(0, bytes.length / 2), ...rest)
}
