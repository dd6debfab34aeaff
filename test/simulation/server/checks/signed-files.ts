import type { FileDescription } from '../../../../src/protocol/requests.js'
import { mebibyte } from '../../../../src/s3/byte-units.js'
import type { Call } from '../call-book.js'
import type { ServerRun } from '../run-server-scenario.js'
import type { HandlerFacts } from '../server-scenario.js'
import { answeredWith } from './call-entries.js'

const ruleCodes: ReadonlySet<string> = new Set([
  'file-too-large',
  'file-too-small',
  'file-type-not-accepted',
])

/** Nothing may be signed beyond rules, quota and the owner's own folder, and nothing refused that they allow. */
export function signedFiles({ world }: ServerRun): string[] {
  const { server } = world.scenario
  const problems: string[] = []
  const folders = new Map<string, string>()
  for (const { call, request, response } of answeredWith(world.calls.calls, 'sign-uploads')) {
    const { maxFiles = 100 } = server.rules
    if (request.files.length > maxFiles) problems.push(`RULES ${maxFiles} files were exceeded`)
    for (const [index, file] of request.files.entries()) {
      const entry = response.files[index]
      if (!entry) continue
      const isAllowed = fitsRules(file, server)
      if ('error' in entry) {
        if (isAllowed && ruleCodes.has(entry.error.code)) {
          problems.push(`RULES ${describe(file)} was refused: ${entry.error.code}`)
        }
        continue
      }
      if (!isAllowed) problems.push(`RULES ${describe(file)} was signed`)
      problems.push(...quotaProblems(file, call, server))
      problems.push(...folderProblems(entry.key, call, { folders, server }))
      if (entry.id !== file.id) problems.push(`RULES ${file.id} was answered as ${entry.id}`)
    }
  }
  return problems
}

function quotaProblems(file: FileDescription, { quota }: Call, server: HandlerFacts): string[] {
  if (server.quotaMebibytes === undefined || quota.get(file.id) === true) return []
  return [`QUOTA ${describe(file)} was signed, and the app has not allowed it`]
}

/** With a limit, all keys of an owner lie in folders of this owner alone. */
function folderProblems(
  key: string,
  { owner }: Call,
  { folders, server }: { folders: Map<string, string>; server: HandlerFacts },
): string[] {
  const isLimited = server.maxOpenUploads !== undefined
  const pattern = isLimited ? /^([0-9a-f]{32})\/[0-9a-f]{32}\/[^/]+$/ : /^[0-9a-f]{32}\/[^/]+$/
  const [whole, folder] = pattern.exec(key) ?? []
  if (whole === undefined) return [`FOLDER ${key} is no key of a handler`]
  if (folder === undefined) return []
  const known = folders.get(folder) ?? owner
  folders.set(folder, known)
  return known === owner ? [] : [`FOLDER ${key} of ${owner} lies in the folder of ${known}`]
}

/** As docs/server.md says it, for the rules that are drawn. */
function fitsRules({ name, type, size }: FileDescription, { rules }: HandlerFacts): boolean {
  const { maxFileMebibytes = Number.POSITIVE_INFINITY, accept } = rules
  if (size > maxFileMebibytes * mebibyte) return false
  if (!accept) return true
  const isScript = type === 'text/html'
  return type.startsWith('image/') || (name.endsWith('.pdf') && !isScript)
}

function describe({ name, type, size }: FileDescription): string {
  return `${name} of ${type} with ${size} bytes`
}
