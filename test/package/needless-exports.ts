import { dirname, join } from 'node:path/posix'
import type { SourceModule } from '../../scripts/sources/parse-source.js'

/** Exports that no other file takes: published files are exempt, and names for which there is a reason. */
export function needlessExports(
  modules: readonly SourceModule[],
  { published, seams }: { published: ReadonlySet<string>; seams: ReadonlySet<string> },
): string[] {
  // A name stands for one thing in all of src, so that it need not be told by whom it is passed on.
  const taken = new Set(
    modules.flatMap(({ imports }) => imports.flatMap(({ names = [] }) => names)),
  )
  const whole = new Set(modules.flatMap(filesTakenAsAWhole))
  return modules
    .filter(({ path }) => !published.has(path) && !whole.has(withoutExtension(path)))
    .flatMap(({ path, exportedNames }) =>
      exportedNames
        .filter((name) => !taken.has(name) && !seams.has(name))
        .map((name) => `${path} exports ${name}, which no other file imports: leave "export" out.`),
    )
}

/** Names that a file passes on from another, and should not. */
export function needlessDetours(
  modules: readonly SourceModule[],
  published: ReadonlySet<string>,
): string[] {
  return modules
    .filter(({ path }) => !published.has(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ isPassedOn }) => isPassedOn)
        .map(
          ({ specifier }) => `${path} passes on what ${specifier} exports: import it from there.`,
        ),
    )
}

/** What `import()` brings is read from the module object. */
function filesTakenAsAWhole({ path, imports }: SourceModule): string[] {
  return imports
    .filter(({ kind }) => kind === 'dynamic')
    .map(({ specifier }) => withoutExtension(join(dirname(path), specifier)))
}

function withoutExtension(path: string): string {
  return path.replace(/\.[jt]sx?$/, '')
}
