/** In what a real server differs from a check. */
export interface ConformanceException {
  readonly reason: string
  /** Part of the failure that the check must end in; without it the check is not run. */
  readonly observed?: string
}

type Exceptions = Readonly<Record<string, ConformanceException>>

/** In what every Ceph differs. */
const ceph: Exceptions = {
  ...differing('it refuses every bad signature, token and parameter with AccessDenied', {
    observed: "expected '403 AccessDenied'",
    checks: [
      'routing: refuses a path that is not UTF-8 behind its percent signs',
      'header SigV4: covers the query of a request',
      'header SigV4: refuses a signature made with a wrong secret',
      'header SigV4: refuses an access key it does not know',
      'header SigV4: refuses the signature of another region',
      'presigned: refuses a life of 0 seconds',
      'presigned: refuses a life of -1 seconds',
      'presigned: refuses a life of 604801 seconds',
      'presigned: refuses a life of soon seconds',
      'presigned: refuses a URL without X-Amz-Algorithm',
      'presigned: refuses a URL without X-Amz-Credential',
      'presigned: refuses a URL without X-Amz-Date',
      'presigned: refuses a URL without X-Amz-Expires',
      'presigned: refuses a URL without X-Amz-SignedHeaders',
      'presigned: refuses another method',
      'presigned: refuses another key',
      'presigned: holds the request to its signed content-length',
      'presigned: holds the request to its signed content-type',
      'presigned: holds the request to its signed x-amz-meta-color',
      'presigned: holds the request to its signed x-amz-checksum-sha256',
      'presigned: holds the request to its signed if-none-match',
      'presigned: refuses a request without a signed header',
      'presigned: refuses header and query signature at once',
      'POST policy: refuses a policy signed with a wrong secret',
      'POST policy: refuses an access key it does not know',
      'tampering: answers 403 InvalidAccessKeyId to a change in the form field x-amz-credential',
      'tampering: answers 403 SignatureDoesNotMatch to a change in the form field policy',
      'tampering: answers 403 SignatureDoesNotMatch to a change in the form field x-amz-signature',
      ...['PUT', 'GET'].flatMap((method) => [
        `tampering: answers 400 AuthorizationQueryParametersError to a change in X-Amz-Algorithm of a presigned ${method}`,
        `tampering: answers 403 InvalidAccessKeyId to a change in X-Amz-Credential of a presigned ${method}`,
        `tampering: answers 403 SignatureDoesNotMatch to a change in X-Amz-Date of a presigned ${method}`,
        `tampering: answers 403 SignatureDoesNotMatch to a change in X-Amz-Expires of a presigned ${method}`,
        `tampering: answers 403 SignatureDoesNotMatch to a change in X-Amz-Signature of a presigned ${method}`,
      ]),
      'tampering: answers 403 SignatureDoesNotMatch to a change in x-amz-meta-color of a presigned PUT',
      'tampering: answers 403 SignatureDoesNotMatch to a change in response-content-type of a presigned GET',
    ],
  }),
  ...differing('it refuses every bad session token with AccessDenied', {
    observed: "expected { header: '403 AccessDenied'",
    checks: [
      'session token: refuses another token',
      'session token: refuses temporary credentials without their token',
      'session token: refuses a token with credentials that have none',
    ],
  }),
  ...differing('it takes the second property for a field that is missing', {
    observed: "expected '403 AccessDenied'",
    checks: ['POST policy: refuses a policy that has a condition with two fields'],
  }),
  ...differing('it names a refused preflight AccessDenied', {
    observed: "expected '403 AccessDenied'",
    checks: [
      'CORS: refuses a preflight for another origin',
      'CORS: refuses a preflight for another method',
      'CORS: refuses a preflight for another header',
      'CORS: refuses a preflight for the method of another rule',
      'CORS: refuses every preflight where there are no rules',
    ],
  }),
  ...differing('it ignores checksums in the query', {
    observed: 'to be undefined',
    checks: ['presigned: takes x-amz-checksum in the query for the header'],
  }),
  ...differing('it ignores checksums whose algorithm is not named', {
    observed: "expected '200'",
    checks: [
      ...eachChecksum((name) => `PUT: refuses a wrong ${name} alone`),
      'PUT: refuses two checksums',
      'PUT: refuses a checksum that cannot be one',
    ],
  }),
  ...differing('it ignores checksums whose algorithm is not named', {
    observed: 'expected undefined',
    checks: eachChecksum((name) => `PUT: verifies and echoes ${name} alone`),
  }),
  ...differing('it does not insist on the checksums of parts', {
    observed: "expected 'no refusal'",
    checks: ['multipart checksums: refuses a completion without the checksums of its parts'],
  }),
  ...differing('it makes no full CRC-64 of parts', {
    observed: 'to match object',
    checks: ['multipart checksums: makes a full CRC-64 of the object'],
  }),
  ...differing('it names these errors otherwise', {
    observed: "expected '400 XAmzContentSHA256Mismatch'",
    checks: [
      'header SigV4, aws-chunked: refuses a chunk with a wrong signature',
      'presigned: refuses a signed x-amz-content-sha256 that is no hash',
    ],
  }),
  ...differing('it takes unknown parameters for none and removes the bucket', {
    observed: "expected '204'",
    checks: [
      'routing: does not take DELETE ?lifecycle-of-another-kind for DELETE of the bucket',
      'routing: does not take DELETE ?intelligent-tiering for DELETE of the bucket',
    ],
  }),
  ...differing('its errors name no resource', {
    observed: 'to match /<Error>',
    checks: ['routing: answers errors as XML with code, message, resource and request id'],
  }),
  ...differing('it names these errors InvalidArgument', {
    observed: "expected '400 InvalidArgument'",
    checks: [
      'routing: refuses a method that an object does not have',
      'POST form: refuses a form that breaks off in its file',
      'POST form: refuses a body that is no multipart form',
      'POST policy: refuses a policy that is no JSON',
      'POST policy: refuses a policy that is empty',
      'POST policy: refuses a policy that has no expiration',
      'POST policy: refuses a policy that has no conditions',
      'POST policy: refuses a policy that has a time with an offset',
      'POST policy: refuses a policy that has an empty condition',
      'POST policy: refuses a policy that has an unknown operator',
      'POST policy: refuses a policy that has a range of one number',
      'POST policy: refuses a policy that has a range of fractions',
    ],
  }),
  ...differing('it names this error InvalidObjectName', {
    observed: "expected '400 InvalidObjectName'",
    checks: ['routing: refuses a key longer than 1,024 bytes'],
  }),
  ...differing('its sentences are others', {
    observed: 'to contain',
    checks: [
      'presigned: refuses a URL that has expired',
      'POST policy: refuses a policy that has expired',
      'POST policy: names the condition that failed',
      'POST policy: refuses a field that has no condition, and names it',
    ],
  }),
  ...differing('it does not tell sizes', {
    observed: 'to match /<ProposedSize>',
    checks: ['POST policy: tells how much is allowed'],
  }),
  ...differing('it accepts URLs from the future', {
    observed: "expected '404 NoSuchKey'",
    checks: ['presigned: refuses a URL that is not valid yet'],
  }),
  ...differing('its temporary credentials last at least 15 minutes', {
    checks: ['session token: refuses credentials that have ended'],
  }),
  ...differing('it takes more metadata', {
    observed: "expected '200'",
    checks: ['PUT: refuses metadata of more than 2 KiB'],
  }),
  ...differing('it ignores these fields', {
    observed: 'to match object',
    checks: ['POST form: stores Content-Disposition and Cache-Control from fields'],
  }),
  ...differing('it puts other names into the key', {
    observed: "expected undefined to be 'hello'",
    checks: [
      'POST form: puts the file name folder/photo.jpg into the key as photo.jpg',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of S3.
      'POST form: puts the file name null into the key as ${filename}',
    ],
  }),
  ...differing('it accepts these forms', {
    observed: "expected '204'",
    checks: [
      'POST form: refuses a form without a file',
      'POST form: refuses more than 20 KiB of fields',
      'POST policy: refuses any value where the field is missing',
      'POST policy: refuses types of which one begins otherwise',
    ],
  }),
  ...differing('its 204 has no ETag', {
    observed: 'expected undefined',
    checks: ['POST success: answers with ETag and Location headers'],
  }),
  ...differing('it appends a second question mark', {
    observed: 'to deeply equal',
    checks: ['POST success: redirects with bucket, key and ETag in the query'],
  }),
  ...differing('it is not strict about parts', {
    observed: "expected 'no refusal'",
    checks: [
      'multipart: refuses part number 0',
      'multipart: refuses part number 10001',
      'multipart: refuses parts that are out of order',
      'multipart: refuses a size that is not the sum of the parts',
    ],
  }),
  ...differing('it fails on a part that comes after the abort', {
    observed: "expected '500 InternalError'",
    checks: ['multipart: forgets an aborted upload'],
  }),
  ...differing('it names this error NoSuchKey', {
    observed: "expected '404 NoSuchKey'",
    checks: ['multipart: answers NoSuchUpload to ListParts of an aborted upload'],
  }),
  ...differing('it makes a bucket again without complaint', {
    observed: "expected 'no refusal'",
    checks: ['buckets: refuses to make a bucket again'],
  }),
  ...differing('it names Origin alone', {
    observed: "expected 'Origin'",
    checks: ['CORS: tells caches what a preflight depends on'],
  }),
  ...differing('it sends no CORS headers with the refusal of a signature', {
    observed: 'expected undefined',
    checks: ['CORS: lets the page read the refusal of a signature'],
  }),
  ...differing('it names these errors InvalidArgument', {
    observed: "expected '400 InvalidArgument'",
    checks: [
      'object tags: refuses eleven tags',
      'object tags: refuses a tag without a key',
      'object tags: refuses a key of 129 characters',
      'object tags: refuses a value of 257 characters',
    ],
  }),
  ...differing('it takes the last of two', {
    observed: "expected '200'",
    checks: ['object tags: refuses the same tag twice'],
  }),
  ...differing('it takes every character', {
    observed: "expected 'no refusal'",
    checks: ['object tags: refuses to give a tag with a character that tags do not have'],
  }),
  ...differing('it gives a copy the tags of its source whatever it is asked', {
    observed: "expected { state: 'pending' }",
    checks: ['object tags: copies the tags, or gives the copy others'],
  }),
  ...differing('it names this error MalformedXML', {
    observed: "expected '400 MalformedXML'",
    checks: ['CORS: refuses rules with a method that does not exist'],
  }),
}

const ceph16: Exceptions = {
  ...ceph,
  ...differing('it forgets the tags that an upload in parts was begun with', {
    observed: 'expected {}',
    checks: ['object tags: gives an object of parts the tags that its upload was begun with'],
  }),
  ...differing('it accepts x-amz headers that are not signed', {
    observed: "expected 'hello' to be undefined",
    checks: [
      'header SigV4: refuses an x-amz header that is not signed',
      'presigned: refuses an x-amz header that is not signed',
    ],
  }),
  ...differing('it ignores checksums', {
    observed: 'to be undefined',
    checks: ['POST form: verifies a checksum field'],
  }),
  ...differing('it ignores checksums', {
    observed: "expected '200'",
    checks: eachChecksum((name) => `PUT: refuses a wrong ${name} with the algorithm named`),
  }),
  ...differing('it ignores checksums', {
    observed: 'expected undefined',
    checks: [
      ...eachChecksum((name) => `PUT: verifies and echoes ${name} with the algorithm named`),
      'GET and HEAD: tells the checksum only when it is asked for',
    ],
  }),
  ...differing('it ignores checksums', {
    observed: "expected 'no refusal'",
    checks: [
      'multipart checksums: refuses a full checksum that is not the object’s',
      'multipart checksums: refuses a part with a wrong checksum',
    ],
  }),
  ...differing('it ignores checksums', {
    observed: 'to match object',
    checks: ['multipart checksums: makes a composite SHA-256 of those of the parts'],
  }),
  ...differing('it knows no trailing headers', {
    observed: "expected '400 XAmzContentSHA256Mismatch'",
    checks: [
      'header SigV4, aws-chunked: accepts signed chunks with a signed trailing checksum',
      'header SigV4, aws-chunked: accepts unsigned chunks with a trailing checksum',
      'header SigV4, aws-chunked: refuses a wrong trailing checksum',
    ],
  }),
  ...differing('it answers 411 to trailing headers, and the SDK then warns on the console', {
    checks: ['header SigV4, aws-chunked: accepts a stream of the AWS SDK'],
  }),
  ...differing('it stores the coding of the transfer', {
    observed: "expected 'aws-chunked'",
    checks: ['header SigV4, aws-chunked: does not store the coding of the transfer'],
  }),
  ...differing('it compares If-Match of a PUT with the ETag without quotes', {
    observed: "expected '412 PreconditionFailed'",
    checks: ['PUT: writes with If-Match only over that object'],
  }),
  ...differing('its document has an unquoted ETag and a location without scheme', {
    observed: 'to contain',
    checks: ['POST success: answers 201 with a document'],
  }),
  ...differing('its answer to Complete has an empty ETag', {
    observed: 'to match object',
    checks: ['multipart: tells the ETag of the object'],
  }),
  ...differing('its answer to the first Complete has an empty ETag, to the second it has not', {
    observed: '-1',
    checks: ['multipart: answers a repeated completion with the same result'],
  }),
  ...differing('it ignores conditions of a completion', {
    observed: "expected 'no refusal'",
    checks: ['multipart: completes with If-None-Match: * only where nothing is'],
  }),
}

const ceph20: Exceptions = {
  ...ceph,
  ...differing('it refuses a content type that is not signed', {
    observed: "expected '403 AccessDenied'",
    checks: ['presigned: accepts a Content-Type that is not signed'],
  }),
  ...differing('it refuses an x-amz header that is not signed, and does not say why', {
    observed: "to contain 'headers present in the request which",
    checks: ['presigned: refuses an x-amz header that is not signed'],
  }),
  ...differing('it stores what has a wrong trailing checksum', {
    observed: "expected 'hellohello'",
    checks: ['header SigV4, aws-chunked: refuses a wrong trailing checksum'],
  }),
  ...differing('it takes a body without a length', {
    observed: "expected '200'",
    checks: ['PUT: refuses a body without a length'],
  }),
  ...differing('its document has a location without scheme', {
    observed: 'to match /<Location>http',
    checks: ['POST success: answers 201 with a document'],
  }),
}

/** Exceptions by server, then by `row: check`. */
export const realS3Exceptions: Readonly<Record<string, Exceptions>> = {
  'ceph-16.2': ceph16,
  'ceph-20.2': ceph20,
}

function differing(
  reason: string,
  { observed, checks }: { observed?: string; checks: readonly string[] },
): Exceptions {
  return Object.fromEntries(checks.map((check) => [check, { reason, observed }]))
}

function eachChecksum(check: (name: string) => string): string[] {
  return ['crc32', 'crc32c', 'sha1', 'sha256', 'crc64nvme'].map((algorithm) =>
    check(`x-amz-checksum-${algorithm}`),
  )
}
