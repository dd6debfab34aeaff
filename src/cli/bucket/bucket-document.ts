import { createHash } from 'node:crypto'
import type { XmlElement } from '../../s3/xml.js'
import { CommandError } from '../command-line/command-error.js'
import { type Answer, documentOf, isDenied } from './answer.js'
import type { Bucket } from './bucket.js'
import { explainRefusal } from './explain-refusal.js'
import { explainForeign } from './foreign-answer.js'

/** A document that belongs to a bucket and is replaced as a whole. */
export interface BucketDocument {
  /** By this its requests are told from others, such as `cors`. */
  readonly subresource: string
  /** Its root element. */
  readonly root: string
  /** The code with which S3 says that there is none. */
  readonly noneCode: string
  /** What it holds, at the start of a sentence. */
  readonly contents: string
  readonly readAction: string
  readonly writeAction: string
}

/** What a bucket has of a document; `refused` says in a sentence or two why it could not be read. */
export interface FoundDocument {
  readonly answer: Answer
  /** `undefined` where there is none, and where it could not be read. */
  readonly root?: XmlElement
  readonly refused?: string
}

/** Reads a document of a bucket. */
export async function readBucketDocument(
  bucket: Bucket,
  document: BucketDocument,
): Promise<FoundDocument> {
  const answer = await bucket.send({ method: 'GET', query: { [document.subresource]: '' } })
  if (answer.code === document.noneCode) return { answer }
  if (!answer.isSuccess) {
    return { answer, refused: explainRefusal(answer, document.readAction, bucket) }
  }
  const root = documentOf(answer)
  if (root?.name === document.root) return { answer, root }
  return { answer, refused: explainForeign(answer, bucket.url()) }
}

/**
 * Replaces a document of a bucket.
 *
 * @throws CommandError when S3 refuses it.
 */
export async function writeBucketDocument(
  bucket: Bucket,
  { subresource, contents, writeAction }: BucketDocument,
  { body, headers }: { readonly body: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<void> {
  const sent = {
    ...headers,
    'content-type': 'application/xml',
    // S3 wants a checksum with this request, and MD5 is the one that every server knows.
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  const query = { [subresource]: '' }
  const answer = await bucket.send({ method: 'PUT', query, headers: sent, body })
  if (answer.isSuccess) return
  throw new CommandError(
    `${contents} were not written. ${explainRefusal(answer, writeAction, bucket)}${isDenied(answer) ? ' Or have the owner of the bucket run the line that is printed without --apply.' : ''}`,
  )
}

/** Ends a command that must not replace what it cannot see. */
export function unreadable({ contents }: BucketDocument, refused: string): CommandError {
  return new CommandError(
    `${contents} were not changed: those of the bucket could not be read, and writing would replace them. ${refused}`,
  )
}
