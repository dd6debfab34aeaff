import { maxPartCount } from '../s3/limits.js'
import { childrenNamed, childText, type XmlElement } from '../s3/xml.js'
import { type MultipartTarget, multipartUrl } from './multipart-target.js'
import { type ListingPage, readPages } from './read-pages.js'
import { documentOf, isSuccess, isUploadGone, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused, unusableAnswer } from './s3-failure.js'
import { send } from './send.js'

/** A part as S3 lists it. */
export interface StoredPart {
  readonly partNumber: number
  readonly size: number
  /** As S3 writes it; not every service uses an MD5. */
  readonly etag: string
  /** Elements such as `ChecksumSHA256`, as S3 writes them. */
  readonly checksums: Readonly<Record<string, string>>
}

/**
 * Lists every part of an upload by its number; `undefined` when S3 has no such upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export async function sendListParts(
  target: MultipartTarget,
  connection: S3Connection,
): Promise<ReadonlyMap<number, StoredPart> | undefined> {
  const parts = await readPages<StoredPart, number>({
    readPage: (marker) => listPage(target, marker, connection),
    isBehind: (next, marker) => next > marker,
  })
  return parts && new Map(parts.map((part) => [part.partNumber, part]))
}

async function listPage(
  target: MultipartTarget,
  marker: number | undefined,
  connection: S3Connection,
): Promise<ListingPage<StoredPart, number> | undefined> {
  const after = { ...(marker !== undefined && { 'part-number-marker': String(marker) }) }
  const url = multipartUrl(target, connection, after)
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isUploadGone(answer)) return undefined
    if (!isSuccess(answer)) throw refused('ListParts', answer)
    return readPage(documentOf(answer, 'ListPartsResult'))
  }
  return send({ method: 'GET', url, read }, connection)
}

function readPage(result: XmlElement): ListingPage<StoredPart, number> {
  const items = childrenNamed(result, 'Part').map(readPart)
  const isTruncated = childText(result, 'IsTruncated')?.trim() === 'true'
  const marker = childText(result, 'NextPartNumberMarker') || items.at(-1)?.partNumber
  return { items, next: isTruncated && marker !== undefined ? Number(marker) : undefined }
}

function readPart(part: XmlElement): StoredPart {
  const partNumber = Number(childText(part, 'PartNumber'))
  const size = Number(childText(part, 'Size') ?? Number.NaN)
  const etag = childText(part, 'ETag')?.trim()
  const isNumber = Number.isSafeInteger(partNumber) && partNumber >= 1 && partNumber <= maxPartCount
  const isSize = Number.isSafeInteger(size) && size >= 0
  if (!isNumber || !isSize || !etag) {
    throw unusableAnswer('S3 listed a part without its number, size or ETag.')
  }
  const checksums = part.children.filter(({ name }) => /^Checksum[A-Z0-9]+$/.test(name))
  return {
    partNumber,
    size,
    etag,
    checksums: Object.fromEntries(checksums.map(({ name, text }) => [name, text.trim()])),
  }
}
