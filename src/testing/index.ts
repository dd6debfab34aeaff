/** The strict test S3 and what connects it to a page: runs wherever `Request` and `Response` exist. */

export { createTestS3 } from './s3/create-test-s3.js'
export type { BodyPoint, FaultEffect } from './s3/fault-effect.js'
export type { FaultableRequest, FaultRule } from './s3/fault-rule.js'
export type { Hash, HashAlgorithm, Hashes } from './s3/hashes.js'
export type { FetchContext } from './s3/incoming-request.js'
export { createMemoryStorage } from './s3/memory-storage.js'
export type { OperationName } from './s3/operation-routes.js'
export type { TestS3Profile } from './s3/quirks.js'
export {
  type InjectedFault,
  type RandomFaultKind,
  type RandomFaults,
  type RandomFaultsOptions,
  randomFaultKinds,
  randomFaults,
} from './s3/random-faults.js'
export type {
  BodyWriter,
  BucketRecord,
  Checksum,
  ChecksumAlgorithm,
  ChecksumType,
  CorsRule,
  LifecycleRule,
  ObjectHeaders,
  ObjectRecord,
  OpenBody,
  PartRecord,
  StoredState,
  TestS3Storage,
  UnpublishedBody,
  UploadRecord,
} from './s3/storage.js'
export type {
  OpenUpload,
  StoredObject,
  TestS3,
  TestS3Options,
  TestS3RequestEvent,
} from './s3/test-s3.js'
export type { TestS3ErrorCode } from './s3/test-s3-error.js'
export {
  createTestTransport,
  type RequestAnswerer,
  type SimulatedLine,
} from './test-transport.js'
