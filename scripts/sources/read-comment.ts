/** What a doc comment says: its sentences, and its tags by name. */
export interface CommentText {
  readonly text: string
  readonly tags: ReadonlyMap<string, string>
}

/** Reads what stands between the marks of a doc comment. */
export function readComment(comment: string): CommentText {
  const lines = comment.replace(/^ *\* ?/gm, '')
  const [text = '', ...tags] = lines.split(/\s*@(?=(?:default|example|see)\b)/)
  const named = tags.map((tag): [string, string] => {
    const [name = ''] = tag.split(/\s/, 1)
    return [name, inOneLine(tag.slice(name.length))]
  })
  return { text: inOneLine(text.replace(/\{@link (\w+)\}/g, '$1')), tags: new Map(named) }
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
