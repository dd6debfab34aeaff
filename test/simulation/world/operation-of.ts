/** What a request asks S3 for, as far as its method and query say. */
export function operationOf({
  method,
  url,
}: {
  readonly method: string
  readonly url: string
}): string {
  const { searchParams, pathname } = new URL(url)
  const isBucket = pathname.split('/').filter(Boolean).length < 2
  if (searchParams.has('partNumber')) return 'UploadPart'
  if (searchParams.has('uploadId')) return ofUpload[method] ?? method
  if (searchParams.has('uploads'))
    return method === 'GET' ? 'ListMultipartUploads' : 'CreateMultipartUpload'
  if (isBucket && method === 'POST') return 'PostObject'
  return ofObject[method] ?? method
}

const ofUpload: Readonly<Record<string, string>> = {
  GET: 'ListParts',
  POST: 'CompleteMultipartUpload',
  DELETE: 'AbortMultipartUpload',
}

const ofObject: Readonly<Record<string, string>> = {
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  GET: 'GetObject',
  DELETE: 'DeleteObject',
}
