import { readdir, readFile, rename, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a folder holds; nothing when there is none. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Reads a file; nothing when there is none. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

/** Reads a record of ours; what we wrote has the type we wrote. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T
}

/** Whether there is such a file of that size. */
export async function hasSize(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size
  } catch {
    // Somebody has removed the file by hand, and with it the object.
    return false
  }
}

/** Removes a folder unless something is in it. */
export async function removeEmptyFolder(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch {
    // Not empty, or gone already.
    return false
  }
}

/** Removes a folder and those above it up to `root`, as long as nothing is in them. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let next = folder; next !== root; next = dirname(next)) {
    if (!(await removeEmptyFolder(next))) return
  }
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

function isMissing(error: unknown): boolean {
  // In a test runner's realm, the errors of Node are no instances of its `Error`.
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
