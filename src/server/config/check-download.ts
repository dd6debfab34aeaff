import { isObject } from '../../protocol/is-object.js'
import type { PresignDownloadOptions } from '../contract/presign-options.js'
import { addressChecks, credentialsCheck } from './address-checks.js'
import {
  areSecrets,
  failedChecks,
  isFunction,
  isHeaderValue,
  isText,
  type OptionCheck,
  optional,
  unknownNames,
} from './checks.js'

const optionalText: OptionCheck = [optional(isText), 'must be text that is not empty, or left out.']
const checks: Readonly<Record<keyof PresignDownloadOptions | 'secret', OptionCheck>> = {
  ...addressChecks,
  credentials: credentialsCheck,
  key: [(value) => typeof value === 'string', 'must be text. Pass the whole key of the object.'],
  prefix: [
    optional((value) => typeof value === 'string'),
    "must be the start of the key such as 'uploads/', or left out.",
  ],
  disposition: [
    optional((value) => value === 'inline' || value === 'attachment'),
    "must be 'inline' or 'attachment', or left out.",
  ],
  name: optionalText,
  contentType: [
    optional(isHeaderValue),
    "must be a media type such as 'application/pdf', or left out.",
  ],
  cacheControl: [
    optional(isHeaderValue),
    "must be a Cache-Control header such as 'private, max-age=3600', with single blanks, or left out.",
  ],
  versionId: optionalText,
  // A number that is none S3 takes is a RangeError of the signature.
  expiresInSeconds: [
    optional((value) => typeof value === 'number'),
    'must be a number of seconds, or left out.',
  ],
  now: [optional(isFunction), 'must be a function, or left out.'],
  // Signs nothing here; `configFromEnv` returns it with the rest.
  secret: [optional(areSecrets), 'is not used. Leave it out.'],
}

/** What other libraries call these options. */
const synonyms = {
  expiresIn: 'expiresInSeconds',
  expires: 'expiresInSeconds',
  fileName: 'name',
  filename: 'name',
  downloadName: 'name',
  responseCacheControl: 'cacheControl',
  responseContentDisposition: 'disposition',
  responseContentType: 'contentType',
}

/**
 * Checks the options of a download.
 *
 * @throws TypeError with all problems in one message, one line each; neither key nor secret is repeated.
 */
export function requireDownloadOptions(options: unknown): void {
  const given = isObject(options) ? options : {}
  const known = Object.keys(checks)
  const problems = [
    ...failedChecks(given, checks, ''),
    ...unknownNames(given, { checks, path: '', known, synonyms }),
  ]
  if (problems.length === 0) return
  const list = problems.map((problem) => `\n- ${problem}`).join('')
  throw new TypeError(`s3-direct-upload: presignDownload cannot use these options.${list}`)
}
