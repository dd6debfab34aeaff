/** Why files were rejected before their upload; `other` is a rule of the app's own. */
export type RejectionReason =
  | 'file-type-not-accepted'
  | 'file-too-large'
  | 'file-too-small'
  | 'too-many-files'
  | 'total-too-large'
  | 'duplicate'
  | 'name-not-usable'
  | 'file-unreadable'
  | 'cannot-reopen'
  | 'interrupted-gone'
  | 'folder-empty'
  | 'nothing-to-upload'
  | 'nothing-dropped'
  | 'other'

/** One file, or a whole selection, that is rejected. */
export interface Rejection {
  readonly reason: RejectionReason
  /** Name of the file; absent when the whole selection is rejected. */
  readonly name?: string | undefined
  /** What Uppy, or a rule of the app, says of it in the language of Uppy's locale; absent for all other reasons. */
  readonly words?: string | undefined
  /** Whether it was only set aside, and can be added all the same. @default false */
  readonly canAddAnyway?: boolean | undefined
}

/** The files that were rejected for one reason. */
export interface RejectedFiles {
  /** Tells it apart from the others, to dismiss it. */
  readonly id: number
  /** Why, for a program to tell apart. */
  readonly reason: RejectionReason
  /**
   * What Uppy, or a rule of the app, says of the first file in the language of Uppy's locale; absent for all other
   * reasons.
   */
  readonly words?: string | undefined
  /** Whether they were only set aside: `addAnyway` of the uploader or the plugin adds them. */
  readonly canAddAnyway?: boolean | undefined
  /** Names of the first files, at most 20. */
  readonly names: readonly string[]
  /** Number of files; 0 when a whole selection was rejected. */
  readonly count: number
}

/** A folder of thousands is named by its first files. */
const maxNames = 20

/** What was rejected, one entry per reason, until it is dismissed. */
export class RejectedGroups {
  readonly #groups = new Map<string, RejectedFiles>()
  #list: readonly RejectedFiles[] | undefined
  #groupsSoFar = 0

  /** The groups, the one that grew last at the end; a new array whenever one changed. */
  get list(): readonly RejectedFiles[] {
    this.#list ??= [...this.#groups.values()]
    return this.#list
  }

  /** Adds each rejection to the group of its reason. */
  add(rejections: readonly Rejection[]): void {
    for (const [key, members] of groupByKey(rejections)) this.#grow(key, members)
  }

  /** Forgets one group, or all. */
  dismiss(id?: number): void {
    for (const [key, group] of this.#groups) {
      if (id === undefined || group.id === id) this.#groups.delete(key)
    }
    this.#list = undefined
  }

  #grow(key: string, [first, ...others]: readonly [Rejection, ...Rejection[]]): void {
    const { name: _, ...facts } = first
    const known = this.#groups.get(key)
    const group = known ?? { ...facts, id: this.#nextId(), names: [], count: 0 }
    const names = [first, ...others].flatMap(({ name }) => name ?? [])
    this.#groups.delete(key)
    this.#groups.set(key, {
      ...group,
      names: [...group.names, ...names.slice(0, maxNames)].slice(0, maxNames),
      count: group.count + names.length,
    })
    this.#list = undefined
  }

  #nextId(): number {
    this.#groupsSoFar += 1
    return this.#groupsSoFar
  }
}

function groupByKey(rejections: readonly Rejection[]): Map<string, [Rejection, ...Rejection[]]> {
  const groups = new Map<string, [Rejection, ...Rejection[]]>()
  for (const rejection of rejections) {
    const key = keyOf(rejection)
    const group = groups.get(key)
    if (group) group.push(rejection)
    else groups.set(key, [rejection])
  }
  return groups
}

/** Some words name their file; the others are the same for each. */
function keyOf({ reason, words = '', name, canAddAnyway = false }: Rejection): string {
  return `${reason}\n${canAddAnyway}\n${name ? words.replaceAll(name, '') : words}`
}
