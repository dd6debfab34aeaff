import { createHash } from 'node:crypto'
import type { XmlElement } from '../../s3/xml.js'
import { writeXml, type XmlContent } from '../../s3/xml-writer.js'
import { isSuccess, rootOf, type S3Answer } from '../../s3-client/s3-answer.js'
import { CommandError } from '../command-line/command-error.js'
import { awsS3ApiLine } from './aws-line.js'
import type { Bucket } from './bucket.js'
import { explainRefusal } from './explain-refusal.js'
import { explainForeign } from './foreign-answer.js'
import { isDenied } from './judge-answer.js'

/** A kind of rules that a bucket keeps in a document, which is replaced as a whole. */
export interface RulesKind<Rules> {
  /** By this its requests are told from others, such as `cors`. */
  readonly subresource: string
  /** The root element of the document. */
  readonly root: string
  /** The code with which S3 says that there is no document. */
  readonly noneCode: string
  /** What the rules are called, at the start of a sentence. */
  readonly name: string
  readonly readAction: string
  readonly writeAction: string
  /** What a bucket without a document has. */
  readonly none: Rules
  /** Reads a document; `undefined` where it holds something that would be lost when it is written back. */
  readonly read: (root: XmlElement, headers: Headers) => Rules | undefined
  /** Returns what the document holds. */
  readonly contentOf: (rules: Rules) => { readonly [element: string]: readonly XmlContent[] }
  /** Returns what has to be sent beside the document. */
  readonly headersOf?: (rules: Rules) => Readonly<Record<string, string>>
  /** Returns them as the JSON of the AWS CLI has them. */
  readonly toJson: (rules: Rules) => object
  /** Names the operation of the AWS CLI that puts them on a bucket, with its options. */
  readonly awsWords: (rules: Rules) => readonly [operation: string, ...options: string[]]
}

/** What a bucket has of a kind of rules. */
export interface FoundRules<Rules> {
  readonly rules: Rules
  readonly answer: S3Answer
  /** Says in a sentence or two why they could not be read; `rules` are none then. */
  readonly refused?: string
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** Reads the rules of a bucket. */
export async function readRules<Rules>(
  bucket: Bucket,
  kind: RulesKind<Rules>,
): Promise<FoundRules<Rules>> {
  const answer = await bucket.send({ method: 'GET', query: { [kind.subresource]: '' } })
  const unread = (refused: string) => ({ rules: kind.none, answer, refused })
  if (answer.error?.code === kind.noneCode) return { rules: kind.none, answer }
  if (!isSuccess(answer)) return unread(explainRefusal(answer, kind.readAction, bucket))
  const root = rootOf(answer)
  if (root?.name !== kind.root) return unread(explainForeign(answer, bucket.url()))
  const rules = kind.read(root, answer.headers)
  if (rules === undefined) return unread('They hold something that this version does not know.')
  return { rules, answer }
}

/**
 * Replaces the rules of a bucket.
 *
 * @throws CommandError when S3 refuses it.
 */
export async function writeRules<Rules>(
  bucket: Bucket,
  kind: RulesKind<Rules>,
  rules: Rules,
): Promise<void> {
  const { subresource, root, name, writeAction } = kind
  const body = writeXml(root, kind.contentOf(rules), namespace)
  const headers = {
    ...kind.headersOf?.(rules),
    'content-type': 'application/xml',
    // S3 wants a checksum with this request, and MD5 is the one that every server knows.
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  const answer = await bucket.send({ method: 'PUT', query: { [subresource]: '' }, headers, body })
  if (isSuccess(answer)) return
  const hint = isDenied(answer)
    ? ' Or have the owner of the bucket run the line that is printed without --apply.'
    : ''
  throw new CommandError(
    `${name} were not written. ${explainRefusal(answer, writeAction, bucket)}${hint}`,
  )
}

/** Writes the line of the AWS CLI that puts rules in place of a bucket's rules. */
export function rulesLine<Rules>(
  { location }: Pick<Bucket, 'location'>,
  { awsWords }: RulesKind<Rules>,
  rules: Rules,
): string {
  const [operation, ...options] = awsWords(rules)
  return awsS3ApiLine(operation, location, options)
}
