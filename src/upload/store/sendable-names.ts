/** What the protocol takes at most, in UTF-16 code units. */
const maxNameLength = 1024
const maxPathLength = 4096
const maxTypeLength = 255

/** A half of a surrogate pair by itself is no character, and nothing that UTF-8 can write. */
const loneSurrogates = /\p{Surrogate}/gu

const longExtension = /\.[^.]{1,32}$/

/** Makes a name that can be sent: without halves of characters, shortened before its extension, and never empty. */
export function sendableName(name: string): string {
  const whole = wellFormed(name) || 'noname'
  if (whole.length <= maxNameLength) return whole
  const extension = longExtension.exec(whole)?.[0] ?? ''
  return wellFormed(`${cut(whole, maxNameLength - extension.length)}${extension}`)
}

/** Makes a path that can be sent: one that is too long loses its outer folders. */
export function sendablePath(path: string): string {
  const segments = wellFormed(path).split('/')
  let start = segments.length
  let length = -1
  while (start > 0) {
    length += (segments[start - 1]?.length ?? 0) + 1
    if (length > maxPathLength) break
    start -= 1
  }
  const kept = segments.slice(start).join('/')
  return kept || sendableName(segments.at(-1) ?? '')
}

/** A type that nobody could have registered is none. */
export function sendableType(type: string): string {
  return type.length <= maxTypeLength ? wellFormed(type) : ''
}

function wellFormed(text: string): string {
  return text.replace(loneSurrogates, '\uFFFD')
}

/** Cuts between characters. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}
