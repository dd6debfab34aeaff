import { errorCodes } from '../../../protocol/error-response.js'
import { conformanceLevels } from '../client/conformance-levels.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { codeOf, described, fieldOf, requireRefusal } from '../client/expectations.js'
import type { EndpointAnswer, Subject } from '../client/subject.js'
import { newFile, requestSignUploads } from '../client/uploads.js'
import { hostileBodies } from './hostile-bodies.js'

/** What holds for every request, whatever its operation. */
export const requestRules: readonly ConformanceRule[] = [
  {
    id: 'method',
    level: 'core',
    title: 'answers POST alone',
    section: 'Errors',
    says: 'Every request is a POST; another method is refused with method-not-allowed.',
    async run(subject) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        requireRefusal(await subject.ask({ method }), `${method}`, 'method-not-allowed')
      }
      return undefined
    },
  },
  {
    id: 'content-type',
    level: 'core',
    title: 'takes application/json alone',
    section: 'What a server must do',
    says: 'Other content types are refused: a form of another site cannot send JSON.',
    async run(subject) {
      const body = JSON.stringify({ operation: 'sign-uploads', files: [newFile(subject)] })
      const formTypes = [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]
      for (const contentType of formTypes) {
        const answer = await subject.ask({ body, contentType })
        requireRefusal(answer, `JSON declared as ${contentType}`, 'unsupported-media-type')
      }
      return undefined
    },
  },
  {
    id: 'not-json',
    level: 'core',
    title: 'refuses what is no JSON',
    section: 'Errors',
    says: 'A body that is not JSON is refused with invalid-request.',
    async run(subject) {
      for (const body of ['{"operation":', 'operation=sign-uploads', '{"files":[}']) {
        requireRefusal(await subject.ask({ body }), 'A body that is no JSON', 'invalid-request')
      }
      return undefined
    },
  },
  {
    id: 'envelope',
    level: 'core',
    title: 'refuses a malformed envelope as a whole and names the field',
    section: 'Batches',
    says: 'A list that is none, is empty or has more than 100 items refuses the request; the message names the field.',
    run: refuseEnvelopes,
  },
  {
    id: 'unknown-operation',
    level: 'core',
    title: 'answers an operation it does not know with unsupported-operation',
    section: 'The wire protocol, version 1',
    says: 'What a server lacks it answers with unsupported-operation.',
    async run(subject) {
      const answer = await subject.ask({ body: { operation: 'fold-uploads' } })
      requireRefusal(answer, 'The operation fold-uploads', 'unsupported-operation')
      return undefined
    },
  },
  {
    id: 'missing-operations',
    level: 'core',
    title: 'answers the operations of other levels, or says that it has none',
    section: 'The wire protocol, version 1',
    says: 'What a server lacks it answers with unsupported-operation.',
    run: askForOtherLevels,
  },
  {
    id: 'unknown-fields',
    level: 'core',
    title: 'ignores unknown fields',
    section: 'The wire protocol, version 1',
    says: 'Unknown fields are ignored.',
    async run(subject) {
      const file = { ...newFile(subject), lastModified: 1, $ref: '#' }
      const body = { operation: 'sign-uploads', attempt: 1, files: [file], client: { version: 2 } }
      const answer = await subject.ask({ body })
      if (answer.status !== 200)
        fail(`A request with unknown fields was answered with ${described(answer)}.`)
      const [entry] = await requestSignUploads(subject, [file])
      if (codeOf(entry)) fail(`A file with unknown fields was refused with ${codeOf(entry)}.`)
      return undefined
    },
  },
  {
    id: 'error-shape',
    level: 'core',
    title: 'refuses in the form of the protocol, as application/json',
    section: 'Errors',
    says: 'A refused request has the body { error: { code, message, retryable } } and the status of its code.',
    async run(subject) {
      requireErrorShape(await subject.ask({ body: '{' }))
      requireErrorShape(await subject.ask({ body: { operation: 'fold-uploads' } }))
      requireErrorShape(await subject.ask({ method: 'GET' }))
      return undefined
    },
  },
  {
    id: 'never-500',
    level: 'core',
    title: 'never answers 500 to bad input',
    section: 'What a server must do',
    says: 'Never answer 500 to bad input.',
    async run(subject) {
      for (const [what, body] of hostileBodies(newFile(subject))) {
        const answer = await subject.ask({ body })
        const isFailure = answer.status === 500 || answer.status > 501
        if (isFailure || entriesOf(answer).some((entry) => codeOf(entry) === 'internal-error'))
          fail(`A body with ${what} was answered with ${described(answer)} or internal-error.`)
      }
      return undefined
    },
  },
]

async function refuseEnvelopes(subject: Subject): Promise<undefined> {
  const lists: readonly [string, string, unknown][] = [
    ['sign-uploads', 'files', newFile(subject)],
    ['complete-uploads', 'uploads', { token: 'v1.x' }],
    ['abort-uploads', 'tokens', 'v1.x'],
  ]
  for (const [operation, field, item] of lists) {
    const tooMany = Array.from({ length: 101 }, () => item)
    for (const [what, list] of [
      ['no', undefined],
      ['empty', []],
      ['text as', 'x'],
      ['101', tooMany],
    ]) {
      const answer = await subject.ask({ body: { operation, [String(field)]: list } })
      // A tighter limit of the server, or of what stands in front of it.
      if (list === tooMany && answer.status === 413) continue
      requireRefusal(answer, `${operation} with ${what} ${field}`, 'invalid-request')
      const message = fieldOf(fieldOf(answer.json, 'error'), 'message')
      if (!String(message).includes(field))
        fail(`The refusal of ${what} ${field} does not name the field.`)
    }
  }
  const answer = await subject.ask({ body: { files: [newFile(subject)] } })
  requireRefusal(answer, 'A request without an operation', 'invalid-request')
  return undefined
}

/** The entries of an answer to one of the core operations. */
function entriesOf({ json }: EndpointAnswer): readonly unknown[] {
  return ['files', 'uploads'].flatMap((name) => fieldOf(json, name) ?? [])
}

async function askForOtherLevels(subject: Subject): Promise<string> {
  const missing: string[] = []
  for (const [level, operations] of Object.entries(conformanceLevels)) {
    if (subject.levels.some((claimed) => claimed === level)) continue
    for (const operation of operations) {
      const body = { operation, token: 'v1.x', parts: [{ partNumber: 1 }], files: [{ key: 'x' }] }
      const answer = await subject.ask({ body })
      if (codeOf(answer.json) === 'unsupported-operation') missing.push(operation)
      if (!isProtocolAnswer(answer)) fail(`${operation} was answered with ${described(answer)}.`)
    }
  }
  return missing.length === 0 ? 'It has them all.' : `It does without ${missing.join(', ')}.`
}

function isProtocolAnswer({ status, json }: EndpointAnswer): boolean {
  if (status === 200) return true
  return Object.entries(errorCodes).some(
    ([code, known]) => code === codeOf(json) && known.status === status,
  )
}

function requireErrorShape(answer: EndpointAnswer): void {
  const error = fieldOf(answer.json, 'error')
  const { status, contentType } = answer
  if (!/^application\/json\b/i.test(contentType))
    fail(`A refusal with ${status} is not application/json.`)
  if (codeOf(answer.json) === undefined) fail(`A refusal with ${status} has no error.code.`)
  if (typeof fieldOf(error, 'message') !== 'string')
    fail(`A refusal with ${status} has no error.message.`)
  if (typeof fieldOf(error, 'retryable') !== 'boolean')
    fail(`A refusal with ${status} has no error.retryable.`)
}
