import { type Command, Option } from 'commander'
import { publicLocationOf } from '../../s3/bucket-location.js'
import { resolveProvider } from '../../server/config/provider-config.js'
import { providerPresets } from '../../server/config/provider-presets.js'
import type { Provider } from '../../server/contract/provider-options.js'
import { toHex } from '../../sigv4/crypto.js'
import { openBucket } from '../bucket/bucket.js'
import {
  addBucketOptions,
  addPrefixOption,
  type BucketOptions,
  readBucketConfig,
} from '../bucket/bucket-options.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { CommandError } from '../command-line/command-error.js'
import { parseOrigin } from '../command-line/page-origin.js'
import type { Terminal } from '../command-line/terminal.js'
import { type UnclaimedOption, unclaimedOption } from '../command-line/unclaimed-option.js'
import type { Doctor } from '../doctor/examination/doctor.js'
import { examine } from '../doctor/examine.js'
import { reportLines } from '../doctor/report.js'

interface DoctorOptions extends BucketOptions, JsonOption, UnclaimedOption {
  readonly origin: string
  readonly provider: Provider
  readonly method?: 'POST' | 'PUT'
  readonly public?: boolean
}

/** `doctor`: uploads to a bucket as pages of an app would, and explains whatever is in the way. */
export function doctorCommand(terminal: Terminal): Command {
  return addPrefixOption(
    addBucketOptions(
      baseCommand('doctor', {
        description:
          'Upload to the bucket as pages of your app would, and explain what is in the way and how to put it right. ' +
          'Writes below <prefix>.s3-direct-upload-doctor/ only, and removes it again.',
        examples: [
          'doctor --origin https://app.example.com',
          'doctor --origin http://localhost:5173 --method PUT --json',
        ],
      }),
    ),
  )
    .requiredOption('--origin <origin>', 'of the pages that upload', parseOrigin)
    .addOption(
      new Option('--method <method>', "how small files are sent, as in the handler's method")
        .choices(['POST', 'PUT'])
        .default(undefined, "what the provider has, 'POST' for aws"),
    )
    .addOption(
      new Option('--provider <name>', "whose storage it is, as in the handler's provider")
        .choices(Object.keys(providerPresets))
        .default('aws'),
    )
    .addOption(unclaimedOption())
    .option('--public', 'strangers are meant to read the bucket')
    .action(async (options: DoctorOptions) => {
      const doctor = createDoctor(options, terminal)
      const examination = await examine(doctor, terminal.signal)
      const { findings } = examination
      if (options.json) {
        const { bucket, endpoint, publicEndpoint } = doctor.config
        const summary = {
          ok: findings.length === 0,
          bucket,
          endpoint,
          publicEndpoint,
          origin: options.origin,
        }
        terminal.write(JSON.stringify({ ...summary, ...examination }, null, 2))
      } else for (const line of reportLines(examination)) terminal.write(line)
      if (terminal.signal.aborted)
        throw new CommandError('Stopped before everything was looked at.')
      if (findings.length > 0) throw new CommandError('')
    })
}

function createDoctor(
  { origin, provider, unclaimed, public: isPublic = false, ...options }: DoctorOptions,
  terminal: Terminal,
): Doctor {
  const config = readBucketConfig(options, terminal.env)
  const { prefix = '' } = config
  const handler = resolveProvider({ ...config, provider, method: options.method })
  const random = toHex(crypto.getRandomValues(new Uint8Array(8)))
  return {
    config,
    bucket: openBucket(config, terminal),
    pages: openBucket({ ...publicLocationOf(config), credentials: config.credentials }, terminal),
    origin,
    method: handler.method,
    handler,
    unclaimed,
    isPublic,
    terminal,
    folder: `${prefix}.s3-direct-upload-doctor/${random}/`,
    written: { keys: new Set(), unnamedMultiparts: new Set(), multiparts: new Map() },
    stored: new Set(),
  }
}
