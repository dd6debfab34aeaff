import { type Command, Option } from 'commander'
import { abortMultipartUpload } from '../../server/s3-client/abort-multipart-upload.js'
import { listUploadsBelow, type OpenUpload } from '../../server/s3-client/list-multipart-uploads.js'
import { openConnection, type S3Connection } from '../../server/s3-client/s3-connection.js'
import { sleep } from '../../server/sleep.js'
import { baseCommand, type JsonOption } from '../base-command.js'
import {
  addBucketOptions,
  addPrefixOption,
  type BucketConfig,
  type BucketOptions,
  readBucketConfig,
} from '../bucket/bucket-options.js'
import { CommandError } from '../command-error.js'
import { parseDuration } from '../duration.js'
import type { Terminal } from '../terminal.js'

interface CleanOptions extends BucketOptions, JsonOption {
  readonly olderThan: number
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const sevenDays = 604_800

/** `clean`: lists multipart uploads that nobody finished, and aborts them with `--yes`. */
export function cleanCommand(terminal: Terminal): Command {
  return addPrefixOption(
    addBucketOptions(
      baseCommand('clean', {
        description:
          'List the multipart uploads below the prefix that nobody finished; --yes aborts them and frees their parts.',
        examples: ['clean', 'clean --older-than 14d --yes', 'clean --prefix uploads/ --json'],
      }),
    ),
  )
    .addOption(
      new Option(
        '--older-than <duration>',
        'leave younger ones alone: a page can go on with an upload for six days',
      )
        .argParser(parseDuration)
        .default(sevenDays, '7d'),
    )
    .addOption(
      new Option('--dry-run', 'list and abort nothing; so it is without --yes').conflicts('yes'),
    )
    .option('--yes', 'abort what is listed')
    .action(async ({ olderThan, yes = false, json, ...options }: CleanOptions) => {
      const config = readBucketConfig(options, terminal.env)
      const connection = connect(config, terminal)
      const stale = await listStale(connection, { prefix: config.prefix ?? '', olderThan })
      const failures = yes ? await abortAll(stale, { connection, signal: terminal.signal }) : []
      const aborted = yes ? stale.length - failures.length : 0
      if (json) {
        const document = { dryRun: !yes, olderThanSeconds: olderThan, uploads: stale, aborted }
        terminal.write(JSON.stringify(document, null, 2))
      } else {
        for (const { initiated, key } of stale) terminal.write(`${initiated}  ${key}`)
        terminal.writeError(summaryOf({ count: stale.length, aborted, yes }))
      }
      const [first] = failures
      if (first) throw failureOf(first, failures.length)
    })
}

function connect(
  { credentials, prefix: _, ...location }: BucketConfig,
  { fetch, now }: Terminal,
): S3Connection {
  return openConnection({
    location,
    credentials,
    fetch,
    now,
    sleep,
    completionTimeoutMilliseconds: 15_000,
  })
}

async function listStale(
  connection: S3Connection,
  { prefix, olderThan }: { readonly prefix: string; readonly olderThan: number },
): Promise<readonly OpenUpload[]> {
  const limit = connection.now().getTime() - olderThan * 1000
  const uploads = await listUploadsBelow(prefix, connection)
  return uploads.filter(({ initiated }) => Date.parse(initiated) < limit)
}

/** Aborts one after the other and returns why some could not be. */
async function abortAll(
  uploads: readonly OpenUpload[],
  { connection, signal }: { readonly connection: S3Connection; readonly signal: AbortSignal },
): Promise<readonly unknown[]> {
  const failures: unknown[] = []
  for (const upload of uploads) {
    try {
      signal.throwIfAborted()
      await abortMultipartUpload(upload, connection)
    } catch (error) {
      failures.push(error)
    }
  }
  return failures
}

function summaryOf({
  count,
  aborted,
  yes,
}: {
  readonly count: number
  readonly aborted: number
  readonly yes: boolean
}): string {
  const uploads = count === 1 ? '1 unfinished upload' : `${count} unfinished uploads`
  if (count === 0) return 'No unfinished upload is that old.'
  return yes ? `${uploads}, ${aborted} aborted.` : `${uploads}. To abort them, add --yes.`
}

function failureOf(error: unknown, count: number): CommandError {
  const words = error instanceof Error ? messageOf(error) : String(error)
  return new CommandError(`${count} could not be aborted. ${words}`, undefined, { cause: error })
}

/** What S3 said is in the cause. */
function messageOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message : message
}
