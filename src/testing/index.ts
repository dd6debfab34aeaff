/** The test S3 and what connects it to a page: runs wherever `Request` and `Response` exist. */

export type { Hash, HashAlgorithm, Hashes } from './s3/checksums/hashes.js'
export { createTestS3 } from './s3/create-test-s3.js'
export type { BodyPoint, FaultEffect } from './s3/faults/fault-effect.js'
export type { FaultableRequest, FaultRule } from './s3/faults/fault-rule.js'
export {
  type InjectedFault,
  type RandomFaultKind,
  type RandomFaults,
  type RandomFaultsOptions,
  randomFaultKinds,
  randomFaults,
} from './s3/faults/random-faults.js'
export type { S3OperationName } from './s3/http/operation-routes.js'
export type { FetchContext } from './s3/http/parsed-request.js'
export type { TestS3Profile } from './s3/model/quirks.js'
export type {
  BodyWriter,
  BucketRecord,
  Checksum,
  ChecksumAlgorithm,
  ChecksumType,
  CorsRule,
  LifecycleRule,
  MultipartRecord,
  ObjectHeaders,
  ObjectRecord,
  OpenBody,
  PartRecord,
  StoredState,
  TestS3Storage,
  UnpublishedBody,
} from './s3/model/storage.js'
export type { TestS3ErrorCode } from './s3/model/test-s3-error.js'
export { createMemoryStorage } from './s3/storage/memory-storage.js'
export type {
  TestS3,
  TestS3Multipart,
  TestS3Object,
  TestS3Options,
  TestS3RequestEvent,
} from './s3/test-s3.js'
export {
  createTestTransport,
  type RequestAnswerer,
  type SimulatedLine,
} from './test-transport.js'
