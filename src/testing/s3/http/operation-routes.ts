/** What S3 calls the things one can ask of it, and `Preflight` for the browser's question before them. */
export type S3OperationName = (typeof routes)[number]['operation'] | 'Preflight'

/** How to tell an operation from the others. */
export interface Route {
  readonly operation: string
  readonly method: string
  readonly level: 'service' | 'bucket' | 'object'
  /** Parameters (`name`) or headers (`:name`) without which it is another operation. */
  readonly needs: readonly string[]
  /** Parameters it understands beside those it needs. */
  readonly takes: readonly string[]
}

const responseOverrides = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
] as const

const listing = ['prefix', 'delimiter', 'max-keys', 'encoding-type'] as const

/** The first route whose needs are met is taken, so the more special ones stand first. */
export const routes = [
  { operation: 'ListBuckets', method: 'GET', level: 'service', needs: [], takes: [] },

  { operation: 'GetBucketCors', method: 'GET', level: 'bucket', needs: ['cors'], takes: [] },
  { operation: 'PutBucketCors', method: 'PUT', level: 'bucket', needs: ['cors'], takes: [] },
  { operation: 'DeleteBucketCors', method: 'DELETE', level: 'bucket', needs: ['cors'], takes: [] },
  {
    operation: 'GetBucketLifecycleConfiguration',
    method: 'GET',
    level: 'bucket',
    needs: ['lifecycle'],
    takes: [],
  },
  {
    operation: 'PutBucketLifecycleConfiguration',
    method: 'PUT',
    level: 'bucket',
    needs: ['lifecycle'],
    takes: [],
  },
  {
    operation: 'DeleteBucketLifecycle',
    method: 'DELETE',
    level: 'bucket',
    needs: ['lifecycle'],
    takes: [],
  },
  {
    operation: 'GetBucketLocation',
    method: 'GET',
    level: 'bucket',
    needs: ['location'],
    takes: [],
  },
  {
    operation: 'ListMultipartUploads',
    method: 'GET',
    level: 'bucket',
    needs: ['uploads'],
    takes: ['prefix', 'max-uploads', 'key-marker', 'upload-id-marker', 'encoding-type'],
  },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    needs: ['list-type'],
    takes: [...listing, 'continuation-token', 'start-after', 'fetch-owner'],
  },
  {
    operation: 'ListObjects',
    method: 'GET',
    level: 'bucket',
    needs: [],
    takes: [...listing, 'marker'],
  },
  { operation: 'DeleteObjects', method: 'POST', level: 'bucket', needs: ['delete'], takes: [] },
  { operation: 'PostObject', method: 'POST', level: 'bucket', needs: [], takes: [] },
  { operation: 'HeadBucket', method: 'HEAD', level: 'bucket', needs: [], takes: [] },
  { operation: 'CreateBucket', method: 'PUT', level: 'bucket', needs: [], takes: [] },
  { operation: 'DeleteBucket', method: 'DELETE', level: 'bucket', needs: [], takes: [] },

  {
    operation: 'UploadPartCopy',
    method: 'PUT',
    level: 'object',
    needs: ['partNumber', 'uploadId', ':x-amz-copy-source'],
    takes: [],
  },
  {
    operation: 'UploadPart',
    method: 'PUT',
    level: 'object',
    needs: ['partNumber', 'uploadId'],
    takes: [],
  },
  { operation: 'GetObjectTagging', method: 'GET', level: 'object', needs: ['tagging'], takes: [] },
  { operation: 'PutObjectTagging', method: 'PUT', level: 'object', needs: ['tagging'], takes: [] },
  {
    operation: 'DeleteObjectTagging',
    method: 'DELETE',
    level: 'object',
    needs: ['tagging'],
    takes: [],
  },
  {
    operation: 'CopyObject',
    method: 'PUT',
    level: 'object',
    needs: [':x-amz-copy-source'],
    takes: [],
  },
  { operation: 'PutObject', method: 'PUT', level: 'object', needs: [], takes: [] },
  {
    operation: 'ListParts',
    method: 'GET',
    level: 'object',
    needs: ['uploadId'],
    takes: ['max-parts', 'part-number-marker', 'encoding-type'],
  },
  { operation: 'GetObject', method: 'GET', level: 'object', needs: [], takes: responseOverrides },
  { operation: 'HeadObject', method: 'HEAD', level: 'object', needs: [], takes: responseOverrides },
  {
    operation: 'CreateMultipartUpload',
    method: 'POST',
    level: 'object',
    needs: ['uploads'],
    takes: [],
  },
  {
    operation: 'CompleteMultipartUpload',
    method: 'POST',
    level: 'object',
    needs: ['uploadId'],
    takes: [],
  },
  {
    operation: 'AbortMultipartUpload',
    method: 'DELETE',
    level: 'object',
    needs: ['uploadId'],
    takes: [],
  },
  { operation: 'DeleteObject', method: 'DELETE', level: 'object', needs: [], takes: [] },
] as const satisfies readonly Route[]
