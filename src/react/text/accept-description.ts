import type { AmountFormat } from './amount-format.js'
import type { Translate } from './messages.js'

type KindMessage = 'images' | 'videos' | 'audio' | 'textFiles'

const kinds: Readonly<Record<string, KindMessage>> = {
  'image/*': 'images',
  'video/*': 'videos',
  'audio/*': 'audio',
  'text/*': 'textFiles',
}

/** Accepted types in words: `images, PDF` for `image/*` and `.pdf`. */
export function describeTypes(
  types: readonly string[],
  translate: Translate<KindMessage>,
  format: AmountFormat,
): string {
  const names = types.map((type) => {
    const kind = kinds[type.toLowerCase()]
    return kind ? translate(kind) : shortName(type)
  })
  return format.list([...new Set(names)])
}

/** `.pdf` and `application/pdf` are `PDF`; a type with a longer name stays as it is. */
function shortName(type: string): string {
  const extension = /^(?:\.|\w+\/)([a-z0-9]{1,5})$/i.exec(type)?.[1]
  return extension?.toUpperCase() ?? type
}
