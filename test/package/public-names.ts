interface Names {
  readonly values: readonly string[]
  readonly types: readonly string[]
}

/**
 * Everything a user can import, in alphabetical order. A change here is a change of the public surface:
 * an added name is a new feature, a removed one breaks users.
 */
export const publicNames: Readonly<Record<string, Names>> = {}
