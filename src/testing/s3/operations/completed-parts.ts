import { maxPartCount } from '../../../s3/limits.js'
import { childrenNamed, childText, type XmlElement } from '../../../s3/xml.js'
import { malformedXml, requireKnownChildren } from '../bodies/receive-document.js'
import { checksumElement } from '../checksums/checksums.js'
import { headerOf } from '../http/parsed-request.js'
import { type ChecksumAlgorithm, checksumAlgorithms, type PartRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { CatalogMultipart } from '../storage/catalog-bucket.js'
import type { ObjectCall, TestS3Setup } from './operation-call.js'

/** What the request says about one part. */
interface NamedPart {
  readonly partNumber: number
  /** Without quotes. */
  readonly etag: string
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>
}

/**
 * Reads the list of parts that an object is to be made of.
 *
 * @throws TestS3Error `MalformedXML`
 */
export function readListedParts(document: XmlElement): readonly NamedPart[] {
  requireKnownChildren(document, [], ['Part'])
  const parts = childrenNamed(document, 'Part').map((part) => {
    requireKnownChildren(part, ['PartNumber', 'ETag', ...checksumAlgorithms.map(checksumElement)])
    const partNumber = Number(childText(part, 'PartNumber') ?? Number.NaN)
    const etag = childText(part, 'ETag')?.trim()
    if (!Number.isSafeInteger(partNumber) || etag === undefined) throw malformedXml()
    const checksums = new Map<ChecksumAlgorithm, string>()
    for (const algorithm of checksumAlgorithms) {
      const value = childText(part, checksumElement(algorithm))
      if (value !== undefined) checksums.set(algorithm, value.trim())
    }
    return { partNumber, etag: etag.replace(/^"|"$/g, ''), checksums }
  })
  if (parts.length === 0 || parts.length > maxPartCount) throw malformedXml()
  return parts
}

/**
 * Finds the listed parts among those uploaded.
 *
 * @throws TestS3Error with the code of what does not fit.
 */
export function requireParts(
  { setup, request }: ObjectCall,
  upload: CatalogMultipart,
  listed: readonly NamedPart[],
): readonly PartRecord[] {
  const ordered = setup.quirks.isStrictAboutPartNumbers
    ? requireOrder(listed)
    : [...listed].sort((a, b) => a.partNumber - b.partNumber)
  const parts = ordered.map((part) => requirePart(setup, upload, part))
  for (const part of parts.slice(0, -1)) requirePartSize(setup, part)
  const size = headerOf(request, 'x-amz-mp-object-size')
  const total = parts.reduce((sum, part) => sum + part.size, 0)
  if (size !== undefined && Number(size) !== total) {
    throw new TestS3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${total}`,
    )
  }
  return parts
}

function requireOrder(listed: readonly NamedPart[]): readonly NamedPart[] {
  let previous = 0
  for (const { partNumber } of listed) {
    if (partNumber <= previous) {
      throw new TestS3Error(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      )
    }
    previous = partNumber
  }
  return listed
}

function requirePart(
  { quirks }: TestS3Setup,
  { record, parts }: CatalogMultipart,
  listed: NamedPart,
): PartRecord {
  const part = parts.get(listed.partNumber)
  const checksum = part?.checksum
  const isSame = [...listed.checksums].every(
    ([algorithm, value]) => checksum?.algorithm === algorithm && checksum.value === value,
  )
  if (!part || part.etag !== listed.etag || !(isSame || quirks.checksums !== 'verified')) {
    throw new TestS3Error(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { UploadId: record.uploadId, PartNumber: listed.partNumber, ETag: listed.etag },
    )
  }
  if (record.checksumType === 'COMPOSITE' && listed.checksums.size === 0) {
    throw new TestS3Error(
      'InvalidRequest',
      `The upload was created using a ${record.checksumAlgorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${listed.partNumber} in the request.`,
    )
  }
  return part
}

function requirePartSize({ minPartSizeBytes }: TestS3Setup, part: PartRecord): void {
  if (part.size >= minPartSizeBytes) return
  throw new TestS3Error(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    {
      ProposedSize: part.size,
      MinSizeAllowed: minPartSizeBytes,
      PartNumber: part.partNumber,
      ETag: part.etag,
    },
  )
}
