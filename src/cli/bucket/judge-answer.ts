import { classifyRefusal } from '../../s3/error-codes.js'
import { childText } from '../../s3/xml.js'
import { isAccessDenied, isSuccess, rootOf, type S3Answer } from '../../s3-client/s3-answer.js'

/** Says in a few words what an answer was, such as `403 AccessDenied`. */
export function describeAnswer({ status, error }: S3Answer): string {
  return error === undefined ? `HTTP ${status}` : `${status} ${error.code}`
}

/** Tells whether S3 refused the caller, and not the request. */
export function isDenied(answer: S3Answer): boolean {
  return isAccessDenied(answer) && !isForeign(answer)
}

/** Tells whether the server does not know the operation at all. */
export function isUnsupported(answer: S3Answer): boolean {
  return classifyRefusal(answer).cause === 'method-not-offered' && !isForeign(answer)
}

/** Tells a refusal that no S3 wrote: a page, a redirect to another place, the wish of a proxy to sign in. */
export function isForeign(answer: S3Answer): boolean {
  if (isSuccess(answer) || answer.error !== undefined) return false
  return isNoDocument(answer) || leadsAway(answer)
}

/** Returns the text of an element of an answer's document; `undefined` where there is none. */
export function elementOf(answer: S3Answer, name: string): string | undefined {
  const root = rootOf(answer)
  return root && childText(root, name)
}

/** A page of HTML can be well-formed; what S3 writes is XML, or nothing where it answers HEAD. */
function isNoDocument(answer: S3Answer): boolean {
  if (answer.body.trim() === '') return false
  const root = rootOf(answer)
  return root === undefined || root.name.toLowerCase() === 'html'
}

/** S3 redirects to another region with a document, or names the region where there is no body. */
function leadsAway({ status, headers }: S3Answer): boolean {
  if (status === 407) return true
  return headers.has('location') && !headers.has('x-amz-bucket-region')
}
