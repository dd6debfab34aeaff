import { startTestS3 } from 's3-direct-upload/testing/node'
import { bucket, credentials } from './client.js'

/** A test S3 on the directory of the command line; it tells its URL, and lives until it is killed. */
const { url } = await startTestS3({
  buckets: [bucket],
  credentials,
  directory: process.argv[2],
  minPartSizeBytes: 1,
})
process.stdout.write(`${url}\n`)
