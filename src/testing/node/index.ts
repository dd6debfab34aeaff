export { type RunningTestS3, type StartTestS3Options, startTestS3 } from './start-test-s3.js'
