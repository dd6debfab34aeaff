const unreserved = /^[A-Za-z0-9\-._~]*$/
const unreservedPath = /^[A-Za-z0-9\-._~/]*$/

/**
 * Encodes text as AWS's UriEncode does: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX`, also the slash.
 *
 * @throws URIError when the text has a lone surrogate and so no UTF-8 form.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function uriEncode(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text).replace(/[!'()*]/g, percentEncode)
}

/**
 * Encodes a path as {@link uriEncode} does, but keeps its slashes.
 *
 * @throws URIError when the path has a lone surrogate and so no UTF-8 form.
 */
export function uriEncodePath(path: string): string {
  if (unreservedPath.test(path)) return path
  return uriEncode(path).replaceAll('%2F', '/')
}

/** `encodeURIComponent` leaves these five alone, AWS does not. */
function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
