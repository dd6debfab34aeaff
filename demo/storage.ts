import { basename } from 'node:path'
import { type ConfigFromEnv, configFromEnv } from 's3-direct-upload/server/node'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'

/** Where the demo puts files, and a word on it for the page. */
export interface DemoStorage {
  readonly config: ConfigFromEnv
  readonly description: string
  /** Makes the line to the test S3 slow enough to watch, or fast again; a real bucket has none. */
  readonly line?: SlowableLine
  readonly close: () => Promise<void>
}

/** A line of two speeds. */
export interface SlowableLine {
  isSlow: boolean
}

const slowBytesPerSecond = 4_000_000

/** The bucket that the environment names, else a test S3 on a port (and so an origin) of its own. */
export async function openStorage(
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<DemoStorage> {
  if (env.S3_BUCKET || env.PRIVATE_S3_BUCKET) {
    const config = configFromEnv({ env })
    const description = `the bucket ${config.bucket} at ${config.endpoint ?? `Amazon S3, ${config.region}`}`
    return { config, description, close: async () => {} }
  }
  const credentials = { accessKeyId: randomText(20), secretAccessKey: randomText(40) }
  const options = {
    directory,
    buckets: ['demo'],
    credentials,
    cors: [
      {
        allowedOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
        allowedMethods: ['POST', 'PUT'],
        allowedHeaders: ['*'],
        maxAgeSeconds: 3600,
      },
    ],
  }
  const start = (port: number) => startTestS3({ ...options, port })
  const s3 = await start(Number(env.DEMO_S3_PORT ?? 9411)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return start(0)
    throw error
  })
  return {
    config: {
      bucket: 'demo',
      region: 'us-east-1',
      endpoint: s3.url,
      credentials,
      secret: randomText(48),
    },
    description: `the test S3 at ${s3.url}, on disk in ${basename(directory)}/`,
    line: slowableLine(s3),
    close: s3.close,
  }
}

function slowableLine({ s3 }: RunningTestS3): SlowableLine {
  let makeFast: (() => void) | undefined
  return {
    get isSlow() {
      return makeFast !== undefined
    },
    set isSlow(isWanted) {
      makeFast?.()
      makeFast = isWanted
        ? s3.fault({
            operation: ['PostObject', 'UploadPart'],
            effect: { kind: 'slow-line', bytesPerSecond: slowBytesPerSecond },
          })
        : undefined
    },
  }
}

function randomText(length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return Array.from(
    crypto.getRandomValues(new Uint8Array(length)),
    (byte) => letters[byte % 32],
  ).join('')
}
