import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ESTree, parseSync } from 'vite'
import { readComment } from '../sources/read-comment.js'

/** What the source says of one option. */
export interface OptionDoc {
  /** As it is written, without `undefined`. */
  readonly type: string
  readonly isRequired: boolean
  readonly text: string
  readonly default: string | undefined
  /** Where more is said. */
  readonly see: string | undefined
}

/** The options by name. */
export type OptionDocs = ReadonlyMap<string, OptionDoc>

const plugin = ['src/uppy/plugin-options.ts', 'src/upload/endpoint/endpoint-request.ts']

/** Files in which options are declared, by the table that names them. The first that has an option tells. */
const sources = {
  plugin,
  uploader: ['src/react/options/s3-uploader-options.ts', ...plugin],
} as const

/** Reads what the doc comments below `root` say of the options. */
export async function readOptionDocs(
  root: string,
  kind: keyof typeof sources,
): Promise<OptionDocs> {
  const docs = new Map<string, OptionDoc>()
  for (const path of sources[kind]) {
    for (const [name, doc] of optionsIn(path, await readFile(join(root, path), 'utf8'))) {
      if (!docs.has(name)) docs.set(name, doc)
    }
  }
  return docs
}

function* optionsIn(path: string, source: string): Generator<[string, OptionDoc]> {
  const { program, comments } = parseSync(path, source)
  const commentBefore = ({ start }: ESTree.Span) => {
    const last = comments.findLast(({ end }) => end <= start)
    return last && source.slice(last.end, start).trim() === '' ? last.value.slice(1) : ''
  }
  for (const statement of program.body) {
    const declaration = 'declaration' in statement ? statement.declaration : undefined
    if (declaration?.type !== 'TSInterfaceDeclaration') continue
    for (const member of declaration.body.body) {
      if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue
      const { text, tags } = readComment(commentBefore(member))
      const type = member.typeAnnotation?.typeAnnotation
      yield [
        member.key.name,
        {
          type: type ? withoutUndefined(source.slice(type.start, type.end)) : 'unknown',
          isRequired: !member.optional,
          text,
          default: tags.get('default'),
          see: tags.get('see'),
        },
      ]
    }
  }
}

function withoutUndefined(type: string): string {
  const rest = type.replace(/\s+/g, ' ').replace(/ \| undefined$/, '')
  return /^\(.*\)$/.test(rest) ? rest.slice(1, -1) : rest
}
