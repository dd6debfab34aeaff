import type { OptionDoc, OptionDocs } from './option-docs.js'

const guides = 'https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/'

/** Writes the reference of these options. `links` are relative on a page in `docs`. */
export function optionsTable(
  names: readonly string[],
  docs: OptionDocs,
  { title, links }: { readonly title: string; readonly links: 'relative' | 'absolute' },
): string {
  const rows = names.map((name) => {
    const doc = docs.get(name)
    if (!doc?.text) throw new Error(`The option "${name}" has no doc comment: write one sentence.`)
    const cells = [`\`${name}\``, code(doc.type), defaultOf(doc), sentences(doc, links)]
    return `| ${cells.map(inCell).join(' | ')} |`
  })
  return [`| ${title} | type | default | |`, '|---|---|---|---|', ...rows].join('\n')
}

/** A default is a value, or said in words. */
function defaultOf({ isRequired, default: value }: OptionDoc): string {
  if (isRequired) return 'required'
  if (value === undefined) return '–'
  return /^(?:'[^']*'|true|false|\d+|XMLHttpRequest)$/.test(value) ? code(value) : value
}

function sentences({ text, see }: OptionDoc, links: 'relative' | 'absolute'): string {
  if (!see) return text
  const path = see.replace(guides, '')
  const [page = ''] = path.split('#')
  return `${text} More: [docs/${page}](${links === 'relative' ? path : see})`
}

function code(text: string): string {
  return `\`${text}\``
}

/** A line between columns would end the cell, in code too. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
