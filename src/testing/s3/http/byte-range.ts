import { TestS3Error } from '../model/test-s3-error.js'

/** A stretch of an object's bytes, `end` not included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Reads a Range header against an object's size; `undefined` means the whole object.
 *
 * As HTTP wants it, a header of another form than one range is ignored.
 *
 * @throws TestS3Error `InvalidRange` when the range begins behind the object's end.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return suffix(Number(last), size, header)
  if (last !== '' && Number(last) < Number(first)) return undefined
  if (Number(first) >= size) throw unsatisfiable(header, size)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  return { start: Number(first), end }
}

/**
 * Reads the range of a source that is copied into a part: both ends are named and inside the source.
 *
 * @throws TestS3Error `InvalidArgument`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
 */
export function readCopyRange(header: string, size: number): ByteRange {
  const details = { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? []
  if (first === undefined || last === undefined || Number(last) < Number(first)) {
    throw new TestS3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      details,
    )
  }
  if (Number(last) < size) return { start: Number(first), end: Number(last) + 1 }
  throw new TestS3Error(
    'InvalidArgument',
    `Range specified is not valid for source object of size: ${size}`,
    details,
  )
}

function suffix(length: number, size: number, header: string | undefined): ByteRange {
  if (length === 0 || size === 0) throw unsatisfiable(header, size)
  return { start: Math.max(size - length, 0), end: size }
}

function unsatisfiable(header: string | undefined, size: number): TestS3Error {
  return new TestS3Error('InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: header,
    ActualObjectSize: size,
  })
}
