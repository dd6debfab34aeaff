import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseSize } from '../../protocol/byte-size.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { CommandError, usageError } from '../command-line/command-error.js'
import type { Terminal } from '../command-line/terminal.js'
import {
  type ConformanceLevel,
  conformanceLevels,
} from '../conformance/client/conformance-levels.js'
import type { HeaderSet } from '../conformance/client/subject.js'
import { formatReport } from '../conformance/format-report.js'
import { runConformance } from '../conformance/run-conformance.js'

interface ConformanceCommandOptions extends JsonOption {
  readonly level: readonly ConformanceLevel[]
  readonly header: HeaderSet
  readonly otherHeader?: HeaderSet
  readonly origin?: string
  readonly fileName: string
  readonly fileType: string
  readonly multipartSize: number
}

const defaultLevels: readonly ConformanceLevel[] = ['core']
// The keys of the table are the levels.
const levelNames = Object.keys(conformanceLevels) as ConformanceLevel[]

/** `conformance`: checks a signing endpoint of any language against the protocol. */
export function conformanceCommand({ write, fetch, signal }: Terminal): Command {
  return baseCommand('conformance', {
    description:
      'Check a signing endpoint, in whatever language, against the protocol. It uploads small files.',
    examples: [
      'conformance http://localhost:8000/api/s3 --header "Cookie: session=1" --other-header "Cookie: session=2"',
      'conformance https://example.com/api/s3 --level core multipart --header "Authorization: Bearer …"',
    ],
  })
    .argument('<url>', 'the URL of the endpoint', parseUrl)
    .addOption(
      new Option('--level <levels...>', `the levels it claims, of ${levelNames.join(', ')}`)
        .argParser(collectLevels)
        .default(defaultLevels, 'core'),
    )
    .addOption(
      new Option('--header <header>', 'what a signed-in user sends, repeatable')
        .argParser(parseHeader)
        .default({}, 'none'),
    )
    .option('--other-header <header>', 'the same for another user, repeatable', parseHeader)
    .option('--origin <origin>', 'the origin of a page that may use the endpoint')
    .option('--file-name <name>', 'a name that the rules of the endpoint accept', 'conformance.txt')
    .option('--file-type <type>', 'the media type of the files', 'text/plain')
    .addOption(
      new Option('--multipart-size <size>', 'the size of a file that goes in parts')
        .argParser(parseFileSize)
        .default(40 * 2 ** 20, '40MiB'),
    )
    .action(async (url: string, options: ConformanceCommandOptions) => {
      const { level: levels, header: headers, otherHeader, origin, fileName, fileType } = options
      const report = await runConformance(url, {
        levels,
        headers,
        fileName,
        fileType,
        multipartSizeBytes: options.multipartSize,
        ...(otherHeader && { otherHeaders: otherHeader }),
        ...(origin && { origin }),
        fetch,
        signal,
      })
      write(options.json ? JSON.stringify(report, null, 2) : formatReport(report))
      if (!report.passed) throw new CommandError('')
    })
}

function parseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw usageError(`"${value}" is no http: or https: URL. Name the whole URL of the endpoint.`)
  }
  if (url.username === '' && url.password === '') return value
  throw usageError(
    'The URL holds a user name or a password. Give them as a header: --header "Authorization: Basic …".',
  )
}

function collectLevels(
  value: string,
  earlier: readonly ConformanceLevel[],
): readonly ConformanceLevel[] {
  const level = levelNames.find((name) => name === value)
  if (level) return earlier === defaultLevels ? [level] : [...new Set([...earlier, level])]
  const order = URL.canParse(value) ? ' Write the URL before --level.' : ''
  throw new InvalidArgumentError(`The levels are ${levelNames.join(', ')}.${order}`)
}

/** Never repeats the value, which may be a session. */
function parseHeader(value: string, headers: HeaderSet = {}): HeaderSet {
  const [, name, content] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(value) ?? []
  if (name === undefined || content === undefined) {
    throw usageError('A header has the form "Name: value", such as "Cookie: session=1".')
  }
  return { ...headers, [name]: content }
}

function parseFileSize(value: string): number {
  const size = parseSize(value)
  if (size !== undefined && size > 0) return size
  throw usageError(`--multipart-size is "${value}". Name a size such as 40MiB.`)
}
