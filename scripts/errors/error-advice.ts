import type { ErrorCode } from '../../src/protocol/error-response.js'
import type { StorageCause } from '../../src/s3/error-codes.js'
import type {
  FileErrorCode,
  LocalErrorCode,
  NetworkErrorCode,
} from '../../src/upload/errors/upload-error.js'

/** What developers read of a code: its cause, then the way out. */
export interface ErrorAdvice {
  readonly cause: string
  readonly help: string
}

/** Of the requests to the storage of which no answer came. */
export const networkAdvice = {
  unreachable: {
    cause: 'Nothing answers at the address of the storage.',
    help: 'The user looks at the connection, a firewall, extensions of the browser.',
  },
  cors: {
    cause: 'The storage can be reached, but has never let this page send a byte or read an answer.',
    help: 'Mend the CORS rules of the bucket: [`doctor`](cli.md#doctor) checks them.',
  },
  network: {
    cause: 'The connection breaks off again and again, or nothing more is known.',
    help: 'Try again where the connection is better.',
  },
  stalled: {
    cause: 'No byte moved, or no answer came, for [too long](transfers.md#silence).',
    help: 'Try again where the connection is better.',
  },
  'blocked-by-policy': {
    cause: 'The Content-Security-Policy of the page forbids the request.',
    help: 'Add the origin of the storage to `connect-src`.',
  },
} as const satisfies Record<NetworkErrorCode, ErrorAdvice>

/** Of the refusals of the storage; `storageCode`, `status` and `requestId` of the error say more. */
export const storageAdvice = {
  'storage-busy': {
    cause:
      'S3 has too much to do (`SlowDown`, status 503 or 429) or failed (`InternalError`, other 5xx). It was tried again for minutes before this was final.',
    help: 'Try again later; lower `concurrency`.',
  },
  'storage-slow': {
    cause: 'The bytes came too slowly for S3 (`RequestTimeout`, 408).',
    help: 'Try again where the connection is better; lower `concurrency`.',
  },
  'upload-cut-off': {
    cause: 'The connection ended before all bytes had arrived (`IncompleteBody`, 499).',
    help: 'Try again; look for a proxy that closes slow connections.',
  },
  'storage-denied': {
    cause:
      'The signed policy, the bucket policy or the credentials of the server do not permit it (`AccessDenied`, 401, 403).',
    help: 'Grant `s3:PutObject`; [`doctor`](cli.md#doctor) says whether it is granted.',
  },
  'signature-expired': {
    cause:
      'The signature, or the temporary credentials that made it, expired, and so did a second one.',
    help: 'Raise `signatureLifetimeSeconds`, or let the credentials live longer.',
  },
  'signature-wrong': {
    cause: 'The signature does not match (`SignatureDoesNotMatch`), or is for another region.',
    help: 'Check the secret key and the region of the server; look for a proxy that changes requests.',
  },
  'storage-key-unknown': {
    cause:
      'S3 does not know the access key or the session token (`InvalidAccessKeyId`, `InvalidToken`).',
    help: 'Set all credentials of the server to those of one key.',
  },
  'storage-clock': {
    cause: 'The clocks of server and S3 differ by more than 15 minutes (`RequestTimeTooSkewed`).',
    help: 'Set the clock of the server by NTP.',
  },
  'bucket-missing': {
    cause: 'There is no such bucket at this address (`NoSuchBucket`, `PermanentRedirect`).',
    help: 'Check bucket, region and endpoint of the handler.',
  },
  'file-too-large': {
    cause: 'S3, or a proxy before it (413), takes no request this large.',
    help: 'Lower `multipartThreshold` or `partSize`, or raise the limit of the proxy.',
  },
  'file-too-small': {
    cause: 'S3 takes no request this small.',
    help: 'Raise `partSize`; look for a proxy that cuts bodies off.',
  },
  'checksum-mismatch': {
    cause: 'Other bytes arrived than were signed (`BadDigest`), twice.',
    help: 'Look for a proxy or an extension that changes bodies.',
  },
  'upload-gone': {
    cause:
      'S3 no longer has the multipart upload (`NoSuchUpload`), nor the one begun in its place.',
    help: 'Let the lifecycle rule of the bucket wait longer.',
  },
  'method-not-offered': {
    cause: 'The service has no such upload (`NotImplemented`, 405, 501).',
    help: 'Set `provider` or `method` of the handler.',
  },
  'storage-rejected': {
    cause: 'S3 refused for another reason; `status`, `storageCode` and `requestId` say more.',
    help: 'Run [`doctor`](cli.md#doctor), and look the code up in the documentation of the storage.',
  },
} as const satisfies Record<StorageCause, ErrorAdvice>

/** Of the files that cannot be sent. */
export const fileAdvice = {
  'file-unreadable': {
    cause:
      'The file was changed, moved or removed, or is a folder; `hasChanged` says that it can be read and has other bytes than it had.',
    help: 'The user chooses it again.',
  },
  'file-package': {
    cause:
      'The file is a bundle of macOS, such as a `.pages` or `.key` document: a folder that browsers cannot read.',
    help: 'The user compresses it to a ZIP file and chooses that.',
  },
  'file-refused': {
    cause: 'The option `prepare` threw an error; its message is shown to users.',
    help: 'Throw an `Error` that says what the user can do.',
  },
  'file-not-answering': {
    cause:
      'The file neither can be read nor cannot: its drive or network folder does not answer. Only as `lastError` of a file that waits.',
    help: 'Connect the drive again: other files go on meanwhile, and this one when it answers.',
  },
  'file-missing': {
    cause: 'The page was reloaded and no longer has the bytes.',
    help: 'The user chooses the file again.',
  },
  'cannot-reopen': {
    cause:
      'The browser cannot open the file of an interrupted upload again: it is gone, was not permitted, or no handle was kept.',
    help: 'The user chooses the file again.',
  },
  'interrupted-gone': {
    cause: 'The interrupted upload was completed, discarded, or continued elsewhere meanwhile.',
    help: 'The user adds the file again.',
  },
  'remote-file': {
    cause: 'The file is with a remote provider of Uppy.',
    help: 'Leave such providers out.',
  },
} as const satisfies Record<FileErrorCode, ErrorAdvice>

/** Of the endpoint, where no refusal of the protocol came. */
export const unansweredAdvice = {
  'endpoint-unreachable': {
    cause:
      'The signing endpoint did not answer within 60 s, the network itself wants a sign-in (511), or `headers` failed.',
    help: 'Look at the connection; for an endpoint on another origin at `allowedOrigins` and `connect-src`.',
  },
  'endpoint-answer': {
    cause:
      'What came is not of the protocol, such as the error page of a proxy, or a login page in place of the answer.',
    help: 'See where `endpoint` leads; for a server of your own run [`conformance`](protocol.md#conformance).',
  },
  'completion-pending': {
    cause:
      'All is sent, and S3 has not put the parts together, although the server was asked twice for 15 minutes.',
    help: 'Try again: nothing is sent twice.',
  },
} as const satisfies Partial<Record<LocalErrorCode, ErrorAdvice>>

type ReportedCode =
  | keyof typeof networkAdvice
  | keyof typeof storageAdvice
  | keyof typeof fileAdvice
  | keyof typeof unansweredAdvice

/** An error that has no fixed kind: the function that tells it, and its `retryable`. */
interface PageAdvice extends ErrorAdvice {
  readonly guard: 'isUploadError' | 'isCancelledError'
  readonly retryable: boolean
}

/** Of the page itself. */
export const pageAdvice = {
  'upload-elsewhere': {
    cause:
      'The page came back from the cache of the browser, and another tab goes on with the upload meanwhile.',
    help: 'The user removes it here.',
    guard: 'isUploadError',
    retryable: false,
  },
  'code-not-loaded': {
    cause:
      'Code that comes late could not be loaded: that for uploads and downloads in three tries, that for files that go in parts within `retryBudgetSeconds`.',
    help: 'Try again, or reload the page, such as after a new version of the app; keep the chunks of older builds for a while.',
    guard: 'isUploadError',
    retryable: true,
  },
  'browser-too-old': {
    cause:
      'The browser lacks functions without which nothing works ([browsers.md](browsers.md)): thrown by the plugin and the hook, shown by the component.',
    help: 'The user takes another browser.',
    guard: 'isUploadError',
    retryable: false,
  },
  cancelled: {
    cause:
      'The upload was cancelled: a `transport` of your own gets it as the `reason` of its signal; no file fails with it.',
    help: 'Nothing is to be done.',
    guard: 'isCancelledError',
    retryable: true,
  },
  unexpected: {
    cause: 'An error that nobody foresaw; `cause` is what was thrown.',
    help: 'Try again, and report it.',
    guard: 'isUploadError',
    retryable: true,
  },
} as const satisfies Record<Exclude<LocalErrorCode, ReportedCode>, PageAdvice>

/** The way out of each refusal of the protocol; its cause is the comment at `errorCodes`. */
export const endpointHelp = {
  'invalid-request': 'For a client of your own: send what the message names as the protocol says.',
  'request-timeout':
    'Try again; look for a proxy that holds requests back: the handler waits a minute for the body.',
  'request-too-large':
    'Raise the limit of the body parser or the proxy: the page sends up to 100 files at once.',
  'unsupported-media-type': 'For a client of your own: send JSON as `application/json`.',
  'method-not-allowed': 'Route only POST and OPTIONS to the handler; see where `endpoint` leads.',
  'origin-not-allowed':
    'Add the origin to `allowedOrigins`. A page without one (`Origin: null`: a sandboxed frame, a page opened from a file) needs `allow-same-origin` in the `sandbox` of its frame.',
  unauthorized:
    'Sign the user in by `onUnauthorized`. 401, 419 or 440 of something in place of the endpoint, or a redirect to a login page, here or on another origin, come as this too: let the endpoint answer 401 rather than redirect.',
  forbidden: 'Change what `authorize`, or the hook that threw it, permits.',
  'unsupported-operation':
    'Update the server; one of your own answers the operations of [its level](protocol.md#conformance) alone. `createSignRequest` throws this as a plain `UploadError`, and its message names the option to set.',
  'file-too-large':
    'Raise `rules.maxFileSize`, and set `maxFileSize` of the component to the same.',
  'file-too-small': 'Lower `rules.minFileSize`.',
  'file-type-not-accepted':
    'Add the type to `rules.accept`, and set `accept` of the component to the same.',
  'too-many-files': 'Raise `rules.maxFiles`, or set `maxFiles` of the page to it.',
  'quota-exceeded':
    'Free space or raise the quota; a `SigningError` of the app can say how much is left.',
  'invalid-token':
    'Give all servers the same `secret`, and the same owner for one user; the page sends the file anew.',
  'expired-token': 'Add the file again; raise `tokenLifetimeSeconds`.',
  'upload-not-found':
    'Try again: the page sends the file once more. Look for what removes objects from the bucket.',
  'object-not-found': 'Look for what removed the object, and offer no download of it.',
  'upload-gone': 'Add the file again; let the lifecycle rule of the bucket wait longer.',
  'parts-missing': 'Try again: the page sends what is missing.',
  'upload-exists': 'Remove the file from the list, or add it again to store it once more.',
  'size-mismatch': 'Try again; look for a proxy that cuts bodies off.',
  'type-mismatch': 'The user chooses a file of the type that its name says.',
  'checksum-mismatch': 'Try again; look for a proxy or an extension that changes bodies.',
  'completion-failed':
    'Mend `onUploadComplete`; the log of the server has its error. A retry sends nothing twice.',
  'storage-error': 'Look into the log of the server; try again later.',
  'storage-refused':
    'Run [`doctor`](cli.md#doctor): it says which permission or credential is at fault.',
  'rate-limited': 'Wait for as long as `Retry-After` says; the page does.',
  misconfigured: 'Read the log of the server, and run [`doctor`](cli.md#doctor).',
  'internal-error': 'Look into the log of the server.',
} as const satisfies Record<ErrorCode, string>
