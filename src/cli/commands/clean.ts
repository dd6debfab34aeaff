import { type Command, Option } from 'commander'
import { isSuccess, rootOf } from '../../s3-client/s3-answer.js'
import { signingDefaults } from '../../server/config/signing-defaults.js'
import { type Bucket, openBucket } from '../bucket/bucket.js'
import {
  addBucketOptions,
  addPrefixOption,
  type BucketOptions,
  readBucketConfig,
} from '../bucket/bucket-options.js'
import { explainRefusal } from '../bucket/explain-refusal.js'
import { explainForeign } from '../bucket/foreign-answer.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { CommandError, usageError } from '../command-line/command-error.js'
import { parseDuration } from '../command-line/duration.js'
import { errorMessage } from '../command-line/error-message.js'
import type { Terminal } from '../command-line/terminal.js'
import { connectToBucket, listStaleUploads, removeStaleUploads } from './stale-uploads.js'

interface CleanOptions extends BucketOptions, JsonOption {
  readonly olderThan: number
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const sevenDays = 604_800

/** Unless the signing handler has another lifetime for its tokens. */
const resumableDays = signingDefaults.multipartTokenLifetimeSeconds / 86_400

/** `clean`: lists multipart uploads that were never finished, and aborts them with `--yes`. */
export function cleanCommand(terminal: Terminal): Command {
  const command = baseCommand('clean', {
    description:
      'List the multipart uploads below the prefix that nobody finished; --yes aborts them and frees their parts.',
    examples: ['clean', 'clean --older-than 14d --yes', 'clean --prefix uploads/ --json'],
  })
  return addPrefixOption(addBucketOptions(command))
    .addOption(
      new Option(
        '--older-than <duration>',
        `leave younger ones alone: a page can go on with an upload for ${resumableDays} days`,
      )
        .argParser(parseDuration)
        .default(sevenDays, '7d'),
    )
    .addOption(new Option('--dry-run', 'list and abort nothing, as without --yes').conflicts('yes'))
    .option('--yes', 'abort what is listed')
    .action((options: CleanOptions) => clean(options, terminal))
}

async function clean(
  { olderThan, yes = false, json, ...options }: CleanOptions,
  terminal: Terminal,
): Promise<void> {
  const config = readBucketConfig(options, terminal.env)
  const { prefix = '' } = config
  if (yes && prefix === '' && options.prefix !== '') throw wholeBucketUnasked()
  const connection = connectToBucket(config, terminal)
  const uploads = await listStaleUploads(connection, { prefix, olderThan }).catch((error) =>
    explainFailure(error, openBucket(config, terminal), prefix),
  )
  const { signal } = terminal
  const failures = yes ? await removeStaleUploads(uploads, { connection, signal }) : []
  const aborted = yes ? uploads.length - failures.length : 0
  if (json) {
    const document = { dryRun: !yes, prefix, olderThanSeconds: olderThan, uploads, aborted }
    terminal.write(JSON.stringify(document, null, 2))
  } else {
    for (const { initiated, key } of uploads) terminal.write(`${initiated}  ${key}`)
    terminal.writeError(closingLine(uploads.length, { prefix, ...(yes && { aborted }) }))
  }
  if (failures.length === 0) return
  const why = `${failures.length} could not be aborted. ${errorMessage(failures[0])}`
  if (!json) throw new CommandError(why, undefined, { cause: failures[0] })
  terminal.writeError(why)
  throw new CommandError('')
}

/** Asks once more where listing failed: what the server's own client says is meant for its log. */
async function explainFailure(error: unknown, bucket: Bucket, prefix: string): Promise<never> {
  const answer = await bucket.send({ method: 'GET', query: { uploads: '', prefix } })
  const isListing = rootOf(answer)?.name === 'ListMultipartUploadsResult'
  if (isSuccess(answer) && isListing) throw error
  const why = isSuccess(answer)
    ? explainForeign(answer, bucket.url())
    : explainRefusal(answer, 's3:ListBucketMultipartUploads', bucket)
  throw new CommandError(`The unfinished uploads could not be listed. ${why}`, undefined, {
    cause: error,
  })
}

function wholeBucketUnasked(): CommandError {
  return usageError(
    'Without a prefix, --yes would abort the unfinished uploads of the whole bucket, whoever began them. ' +
      "Set S3_PREFIX or --prefix, or write --prefix '' if the whole bucket is meant.",
  )
}

function closingLine(
  count: number,
  { prefix, aborted }: { readonly prefix: string; readonly aborted?: number },
): string {
  const where = prefix === '' ? 'in the whole bucket' : `below ${prefix}`
  if (count === 0) return `No unfinished upload ${where} is that old.`
  const begin = `${count} unfinished ${count === 1 ? 'upload' : 'uploads'} ${where}`
  return aborted === undefined ? `${begin}; --yes aborts them.` : `${begin}, ${aborted} aborted.`
}
