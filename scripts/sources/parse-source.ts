import { type ESTree, type ParseResult, parseSync, Visitor } from 'vite'

/** What the checks of the repository need to know of one source file. */
export interface SourceModule {
  /** Path in the repository, with `/`. */
  readonly path: string
  readonly lineCount: number
  readonly imports: readonly SourceImport[]
  /** Names that the file declares and exports. What it only passes on from another file is not in the list. */
  readonly exportedNames: readonly string[]
  readonly functions: readonly SourceFunction[]
}

export interface SourceImport {
  readonly specifier: string
  /** `type` leaves nothing in the built file; `dynamic` is `import()`. */
  readonly kind: 'value' | 'type' | 'dynamic'
  /** What is taken of it, by its name there; undefined for all there is. */
  readonly names: readonly string[] | undefined
  /** Whether it is passed on under a name of this file. */
  readonly isPassedOn: boolean
}

export interface SourceFunction {
  readonly line: number
  readonly lineCount: number
}

type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression
type ModuleRecord = ParseResult['module']

export function parseSource(path: string, text: string): SourceModule {
  const { program, module, errors } = parseSync(path, text)
  const error = errors[0]
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`)
  const functions: SourceFunction[] = []
  const imports = [...importsOf(module), ...reexportsOf(module)]
  const lineOf = lineFinder(text)
  const addFunction = ({ start, end }: FunctionNode) => {
    const line = lineOf(start)
    functions.push({ line, lineCount: lineOf(end) - line + 1 })
  }
  new Visitor({
    FunctionDeclaration: addFunction,
    FunctionExpression: addFunction,
    ArrowFunctionExpression: addFunction,
    ImportExpression: ({ source }) => imports.push(...importOf(source, 'dynamic')),
    TSImportType: ({ source }) => imports.push(...importOf(source, 'type')),
  }).visit(program)
  const lineCount = text.replace(/\n$/, '').split('\n').length
  return { path, lineCount, imports, exportedNames: exportedNames(module), functions }
}

function importsOf({ staticImports }: ModuleRecord): SourceImport[] {
  return staticImports.map(({ moduleRequest, entries }) => {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType)
    const names = namesOf(entries)
    return {
      specifier: moduleRequest.value,
      kind: isType ? 'type' : 'value',
      names,
      isPassedOn: false,
    }
  })
}

function reexportsOf({ staticExports }: ModuleRecord): SourceImport[] {
  return staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry): SourceImport[] => {
      const { moduleRequest, isType } = entry
      const kind = isType ? 'type' : 'value'
      const names = namesOf([entry])
      return moduleRequest
        ? [{ specifier: moduleRequest.value, kind, names, isPassedOn: true }]
        : []
    }),
  )
}

/** The names that are taken from another file; undefined when one of them is all of it. */
function namesOf(
  entries: readonly { readonly importName: { readonly name?: string | null } }[],
): readonly string[] | undefined {
  const names = entries.map(({ importName }) => importName.name)
  return names.every((name) => typeof name === 'string') ? names : undefined
}

function importOf(source: ESTree.Expression, kind: SourceImport['kind']): SourceImport[] {
  const isText = source.type === 'Literal' && typeof source.value === 'string'
  const all = { names: undefined, isPassedOn: false }
  return isText ? [{ specifier: source.value, kind, ...all }] : []
}

function exportedNames({ staticExports }: ModuleRecord): string[] {
  const names = staticExports.flatMap(({ entries }) =>
    entries
      .filter(({ moduleRequest }) => !moduleRequest)
      .map(({ exportName }) => exportName.name ?? 'default'),
  )
  return [...new Set(names)]
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1
}
