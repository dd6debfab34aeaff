import type { UploadHooks } from '../contract/upload-hooks.js'
import type { Check } from './option-checks.js'
import { isFunction, isObject, isPositiveInteger, optional } from './option-values.js'

const optionalFunction: Check = [optional(isFunction), 'must be a function, or left out.']

/** What the hooks of a signing handler may be. */
export const hookChecks: Readonly<Record<keyof UploadHooks, Check>> = {
  rules: [
    optional((value) => isObject(value) || isFunction(value)),
    "must be an object such as { maxFileSize: '5GB' }, or a function of the caller that returns one.",
  ],
  quota: optionalFunction,
  maxOpenUploads: [optional(isPositiveInteger), 'must be a whole number, 1 or more, or left out.'],
  key: optionalFunction,
  metadata: [
    optional(isStandardSchema),
    'must be a schema of a library with Standard Schema, such as Valibot, Zod or ArkType, or left out.',
  ],
  storage: [
    optional((value) => isObject(value) || isFunction(value)),
    "must be an object such as { cacheControl: 'no-store' }, or a function of the file that returns one.",
  ],
  onUploadComplete: optionalFunction,
  onError: optionalFunction,
  onEvent: optionalFunction,
}

/** Schemas of some libraries are functions. */
function isStandardSchema(value: unknown): boolean {
  const isSchema = isObject(value) || typeof value === 'function'
  if (!isSchema || !('~standard' in value)) return false
  const standard = value['~standard']
  return isObject(standard) && standard.version === 1 && isFunction(standard.validate)
}
