const maxSegmentBytes = 255
const escapedFolder = '.escaped'
const escapedSegmentLength = 200

/** What some file system cannot have in a name, or changes silently. */
const unsafeSegment = /[\p{Cc}<>:"\\|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu

/**
 * Says in which file each object of a bucket lies: under its key, where that can be.
 *
 * Keys that are no safe path, and keys that collide (`a` and `a/b`, or `A` and `a` where the file system
 * does not tell them apart), lie in a folder of their own, escaped.
 */
export class ObjectPaths {
  readonly #pathByKey = new Map<string, string>()
  readonly #files = new Set<string>()
  /** How many files lie below each folder. */
  readonly #folders = new Map<string, number>()

  /** Where the key's file is, if it has one. */
  find(key: string): string | undefined {
    return this.#pathByKey.get(key)
  }

  /** Where the key's file is or will be, relative to the bucket's folder. */
  place(key: string): string {
    const known = this.#pathByKey.get(key)
    if (known !== undefined) return known
    const path = isSafePath(key) && !this.isTaken(key) ? key : escapedPath(key)
    this.restore(key, path)
    return path
  }

  /** Where the key's file is or will be, if it cannot be at its place for what is on the disk there. */
  placeAside(key: string): string {
    this.remove(key)
    const path = escapedPath(key)
    this.restore(key, path)
    return path
  }

  /** Takes over a place from an earlier run. */
  restore(key: string, path: string): void {
    this.#pathByKey.set(key, path)
    this.#files.add(folded(path))
    for (const folder of foldersOf(path)) {
      this.#folders.set(folder, (this.#folders.get(folder) ?? 0) + 1)
    }
  }

  /** Gives up the key's place. */
  remove(key: string): void {
    const path = this.#pathByKey.get(key)
    if (path === undefined) return
    this.#pathByKey.delete(key)
    this.#files.delete(folded(path))
    for (const folder of foldersOf(path)) {
      const count = (this.#folders.get(folder) ?? 0) - 1
      if (count > 0) this.#folders.set(folder, count)
      else this.#folders.delete(folder)
    }
  }

  /** Whether some key's file is at this path, or would be in its way. */
  isTaken(path: string): boolean {
    const name = folded(path)
    if (this.#files.has(name) || this.#folders.has(name)) return true
    return foldersOf(path).some((folder) => this.#files.has(folder))
  }
}

function isSafePath(key: string): boolean {
  const segments = key.split('/')
  return segments[0] !== escapedFolder && segments.every(isSafeSegment)
}

function isSafeSegment(segment: string): boolean {
  if (segment === '' || unsafeSegment.test(segment)) return false
  return Buffer.byteLength(segment) <= maxSegmentBytes
}

/** Folder names end in a plus sign, so that no key's folder is another key's file. */
function escapedPath(key: string): string {
  // Capitals too, for file systems that do not tell them apart.
  const escaped = [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[a-z0-9_-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`
    })
    .join('')
  const segments = escaped.match(new RegExp(`.{1,${escapedSegmentLength}}`, 'g')) ?? []
  const folders = segments.slice(0, -1).map((segment) => `${segment}+`)
  return [escapedFolder, ...folders, segments.at(-1)].join('/')
}

/** The folders above a path, as the least discerning file system sees them. */
function foldersOf(path: string): readonly string[] {
  const segments = folded(path).split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
