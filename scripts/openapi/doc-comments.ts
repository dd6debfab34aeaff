import { readComment } from '../sources/read-comment.js'

/** What the doc comments of one source say, by name. */
export interface DocComment {
  readonly description: string
  readonly fields: ReadonlyMap<string, string>
}

const declaration = /^export (?:const|interface|type) (\w+)/
const field = /^ {2,}(?:readonly )?'?([\w-]+)'?\??[:,]/

/** Reads the first doc comment of every export, and those of the fields in it. */
export function readDocComments(source: string): ReadonlyMap<string, DocComment> {
  const comments = new Map<string, DocComment>()
  let current: Map<string, string> | undefined
  for (const [, comment = '', line = ''] of source.matchAll(commentedLine)) {
    const { text } = readComment(comment)
    const name = declaration.exec(line)?.[1]
    if (name !== undefined) {
      current = new Map()
      if (!comments.has(name)) comments.set(name, { description: text, fields: current })
    } else {
      const fieldName = field.exec(line)?.[1]
      if (fieldName !== undefined) current?.set(fieldName, text)
    }
  }
  return comments
}

/** A comment, if there is one, and the line after it, for every export and field. */
const commentedLine =
  /(?:^ *\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^( *(?:export|readonly |'?[\w-]+'?\??[:,]).*)$/gm
