import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0

/** What a folder holds; nothing when there is none. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await entriesIn(folder)).map(({ name }) => name)
}

/** The folders in a folder; a link to one is none. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  return (await entriesIn(folder)).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

/**
 * Opens a file for reading; nothing when there is none.
 *
 * @throws Error when it is a link.
 */
export async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | noFollow)
  } catch (error) {
    if (codeOf(error) === 'ELOOP') throw linkError(path)
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Reads a file; nothing when there is none. */
export async function readText(path: string): Promise<string | undefined> {
  const file = await openFile(path)
  try {
    return await file?.readFile('utf8')
  } finally {
    await file?.close()
  }
}

/** Reads a record of ours, if there is one; what we wrote has the type we wrote. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readText(path)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    const problem = `"${path}" is not the JSON that the test S3 has written. Put it right, or empty the directory.`
    throw new Error(`s3-direct-upload: ${problem}`, { cause })
  }
}

/** Whether there is something under this name, be it a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  return (await statsOf(path)) !== undefined
}

/** What stands at a path: a file, nothing, or what no file can take the place of. */
export type Found =
  | { readonly kind: 'file'; readonly size: number }
  | { readonly kind: 'nothing' | 'blocked' }

/**
 * Looks at a path below `root`, names between slashes.
 *
 * A link is never followed: at the end of the path, or in place of a folder, it blocks the path.
 */
export async function lookAt(root: string, path: string): Promise<Found> {
  const names = path.split('/')
  let place = root
  for (const [index, name] of names.entries()) {
    place = join(place, name)
    const stats = await statsOf(place)
    if (!stats) return { kind: 'nothing' }
    const isLast = index === names.length - 1
    if (isLast && stats.isFile()) return { kind: 'file', size: stats.size }
    if (isLast || !stats.isDirectory()) return { kind: 'blocked' }
  }
  return { kind: 'blocked' }
}

/**
 * Checks that neither a path nor a folder above it is a link, up to `root`.
 *
 * @throws Error
 */
export async function requireNoLink(root: string, path: string): Promise<void> {
  if (path === root) return
  await requireNoLink(root, dirname(path))
  if ((await statsOf(path))?.isSymbolicLink()) throw linkError(path)
}

/** Removes a folder unless something is in it; says whether it is gone now. */
export async function removeEmptyFolder(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch (error) {
    return isMissing(error)
  }
}

/** Removes a folder and those above it up to `root`, as long as nothing is in them. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let next = folder; next !== root; next = dirname(next)) {
    if (!(await removeEmptyFolder(next))) return
  }
}

/** Removes a folder with its content in one step: it is renamed to a path that is not read, then deleted. */
export async function removeFolder(folder: string, unseen: string): Promise<void> {
  try {
    await rename(folder, unseen)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  await rm(unseen, { recursive: true, force: true })
}

/** Renames a file, making the folder when it is missing. */
export async function renameInto(
  from: string,
  to: string,
  ensureFolder: () => Promise<unknown>,
): Promise<void> {
  // A delete elsewhere can remove the folder again while it is still empty.
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (!isMissing(error) || attempt > 5) throw error
      await ensureFolder()
    }
  }
}

async function entriesIn(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function statsOf(path: string) {
  try {
    return await lstat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function linkError(path: string): Error {
  return new Error(
    `s3-direct-upload: "${path}" is a link, and the test S3 follows none inside its directory. ` +
      'Put what it leads to in its place, or remove it.',
  )
}

/** Whether nothing has this name; below a file nothing can have one. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  // In a test runner's realm, the errors of Node are no instances of its `Error`.
  return (error as NodeJS.ErrnoException).code ?? ''
}
