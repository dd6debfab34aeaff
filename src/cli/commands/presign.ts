import { type Command, Option } from 'commander'
import { objectUrl } from '../../s3/endpoint.js'
import { maxPresignSeconds } from '../../s3/limits.js'
import { attachmentDisposition } from '../../server/content-disposition.js'
import { presignUrl } from '../../sigv4/presign-url.js'
import { baseCommand, type JsonOption } from '../base-command.js'
import { addBucketOptions, type BucketOptions, readBucketConfig } from '../bucket/bucket-options.js'
import { usageError } from '../command-error.js'
import { parseDuration } from '../duration.js'
import type { Terminal } from '../terminal.js'

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
      const { expires, json } = options
      if (expires < 1 || expires > maxPresignSeconds) {
        throw usageError(`--expires is ${expires} s; S3 takes 1s to 7d.`)
      }
      const { credentials, ...location } = readBucketConfig(options, env)
      const url = objectUrl(location, key)
      const disposition = dispositionOf(options)
      if (disposition) url.searchParams.set('response-content-disposition', disposition)
      const signed = await presignUrl(
        { method: 'GET', url, expiresInSeconds: expires },
        { credentials, region: location.region, now: now() },
      )
      write(json ? JSON.stringify({ url: signed, expiresInSeconds: expires }, null, 2) : signed)
    })
}

function dispositionOf({ name, inline }: PresignOptions): string | undefined {
  const attachment = name === undefined ? undefined : attachmentDisposition(name)
  if (!inline) return attachment
  return attachment?.replace(/^attachment/, 'inline') ?? 'inline'
}
