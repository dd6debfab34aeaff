import { codeOf } from './expectations.js'
import type { EndpointAnswer, Subject } from './subject.js'

/** What helps where the endpoint refuses even the plainest request, by the code of the refusal. */
const remedies: Readonly<Record<string, string>> = {
  'file-type-not-accepted': 'Name a file that its rules take: --file-name and --file-type.',
  'file-too-small': 'The files of this suite have 10 to 1000 bytes: lower the limit for its user.',
  'file-too-large': 'The files of this suite have 10 to 1000 bytes: raise the limit for its user.',
  'quota-exceeded': 'Give its user more quota, or name another user with --header.',
  'origin-not-allowed': 'Name the origin of a page that may use it: --origin.',
  forbidden: 'Name a user who may upload (--header), and the origin of a page that may (--origin).',
  'rate-limited': 'Wait, and raise the limit for the user of this suite: it sends many requests.',
  'method-not-allowed': 'Name the URL of the endpoint itself, as pages have it.',
  'unsupported-media-type': 'Something in front of it changes the content type of the request.',
  'unsupported-operation': 'Without sign-uploads no level is reached.',
}

/** The URL without what could be a secret. */
export function endpointOf({ url }: Pick<Subject, 'url'>): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** Says why the endpoint does not sign a small file, and what to do. */
export function explainRefusedSuite(answer: EndpointAnswer, subject: Subject): string {
  const code = codeOf(answer.json)
  if (code === 'unauthorized' || code === undefined || code === 'no code of the protocol') {
    return explainUnknown(answer, subject)
  }
  const remedy = remedies[code] ?? 'The log of the server says more.'
  return `${endpointOf(subject)} refuses a small file with ${code}. ${remedy}`
}

/** Says that something else than a signing endpoint answers. */
export function explainStranger(answer: EndpointAnswer, subject: Subject): string {
  return (
    `${endpointOf(subject)} is no signing endpoint: it answers sign-uploads with ${answer.status} and ${kindOf(answer)}. ` +
    'Name the whole URL with its path, such as https://example.com/api/s3.'
  )
}

function explainUnknown(answer: EndpointAnswer, subject: Subject): string {
  const { status, location } = answer
  if (status === 401 || codeOf(answer.json) === 'unauthorized') return explainSignedOut(subject)
  if (location === undefined) return explainStranger(answer, subject)
  return (
    `${endpointOf(subject)} redirects to ${location}. Name the URL that answers itself; ` +
    'if that is a page for signing in, give what a signed-in user sends with --header.'
  )
}

function explainSignedOut(subject: Subject): string {
  const url = endpointOf(subject)
  if (Object.keys(subject.headers).length > 0) {
    return `${url} does not take what --header gives for a signed-in user. Copy it anew from a request of a page.`
  }
  return `${url} signs nothing for strangers. Give what a signed-in user sends, such as --header "Cookie: session=1".`
}

function kindOf({ contentType, text, json }: EndpointAnswer): string {
  if (json !== undefined) return 'JSON of another form'
  if (/\bhtml\b/i.test(contentType) || /^\s*<(?:!doctype )?html/i.test(text))
    return 'a page of HTML'
  return text.trim() === '' ? 'no body' : 'a body that is no JSON'
}
