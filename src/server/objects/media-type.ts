import { mediaTypeEssence } from '../../protocol/media-types.js'

const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+"
const parameter = `[ \\t]*;[ \\t]*${token}=(?:${token}|"[A-Za-z0-9 !#$%&'*+.^_\`|~:/?=@()-]*")`
const mediaType = new RegExp(`^${token}/${token}(?:${parameter})*$`)

/** The content type of bytes about which nothing is known. */
export const unknownContentType = 'application/octet-stream'

/** With these, and with wildcards, browsers look into the bytes and may find HTML there; two are Firefox's own. */
const guessedTypes: ReadonlySet<string> = new Set([
  'unknown/unknown',
  'application/unknown',
  'application/x-unknown-content-type',
  'application/x-vnd.mozilla.guess-from-ext',
])

/**
 * Returns the content type to sign: what the browser declares if it is one media type, else the unknown one.
 *
 * A list (`image/png,text/html`) is not kept, since browsers and policies read such values in different ways, nor is a
 * type that makes browsers guess.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-media-type
 * @see https://mimesniff.spec.whatwg.org/#determining-the-computed-mime-type-of-a-resource
 */
export function contentTypeOf(declared: string): string {
  const trimmed = declared.trim()
  const essence = mediaTypeEssence(trimmed)
  const isGuessed = essence.includes('*') || guessedTypes.has(essence)
  return mediaType.test(trimmed) && !isGuessed ? trimmed : unknownContentType
}

/** Tells whether two content types say the same, apart from case and blanks. */
function isSameContentType(a: string, b: string): boolean {
  return withoutBlanks(a) === withoutBlanks(b)
}

/** Of these, a storage or a proxy may add one to a type; none changes what the bytes of a web page mean. */
const addedCharset = /;charset="?(?:utf-8|us-ascii|iso-8859-1|windows-1252)"?$/

/** Tells whether an object was stored with the type that was signed; a common charset may have been added to it. */
export function isStoredAs(stored: string, signed: string): boolean {
  return (
    isSameContentType(stored, signed) ||
    isSameContentType(withoutBlanks(stored).replace(addedCharset, ''), signed)
  )
}

const riskyTypes: readonly RegExp[] = [
  /^text\/(?:html|xml|xsl|rdf)/,
  /[/+]xml(?![a-z0-9])/,
  /^(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script/,
  /^(?:multipart|message)\//,
  /^application\/x-shockwave-flash$/,
]

/** Tells whether a browser may run script when it opens an object of this type. */
export function canRunScript(contentType: string): boolean {
  const essence = mediaTypeEssence(contentType)
  return riskyTypes.some((pattern) => pattern.test(essence))
}

function withoutBlanks(type: string): string {
  return type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
    .join(';')
}
