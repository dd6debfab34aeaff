import { type Command, Option } from 'commander'
import { maxPresignSeconds } from '../../s3/limits.js'
import { presignDownload } from '../../server/backend/presign-download.js'
import { addBucketOptions, type BucketOptions, readBucketConfig } from '../bucket/bucket-options.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { usageError } from '../command-line/command-error.js'
import { parseDuration } from '../command-line/duration.js'
import type { Terminal } from '../command-line/terminal.js'

interface PresignOptions extends BucketOptions, JsonOption {
  readonly expires: number
  readonly name?: string
  readonly inline?: true
}

/** `presign`: writes a URL that downloads one object without credentials until it expires. */
export function presignCommand({ env, now, write }: Terminal): Command {
  return addBucketOptions(
    baseCommand('presign', {
      description:
        'Write a URL that downloads one object until it expires, as `aws s3 presign` does.',
      examples: [
        'presign uploads/2f6c/photo.jpg',
        'presign report.pdf --expires 15m --name "Report of May.pdf"',
        'presign photo.jpg --inline',
      ],
    }),
  )
    .argument('<key>', 'the whole key of the object; S3_PREFIX is not put in front')
    .addOption(
      new Option('--expires <duration>', 'how long the URL works, at most 7d')
        .argParser(parseDuration)
        .default(3600, '1h'),
    )
    .option('--name <name>', 'have browsers save it under this name')
    .option('--inline', 'have browsers show it, whatever was stored with it')
    .action(async (key: string, options: PresignOptions) => {
      const { expires, json, name, inline } = options
      if (expires < 1 || expires > maxPresignSeconds) {
        throw usageError(`--expires is ${expires} s; S3 takes 1s to 7d.`)
      }
      const url = await presignDownload({
        ...readBucketConfig(options, env),
        key,
        // The key is whole, and the user of the command has the credentials.
        prefix: '',
        expiresInSeconds: expires,
        now,
        ...(name !== undefined && { name }),
        ...(inline && { disposition: 'inline' }),
      })
      write(json ? JSON.stringify({ url, expiresInSeconds: expires }, null, 2) : url)
    })
}
