import type { ServerRun } from '../run-server-scenario.js'
import { abandonedCalls } from './abandoned-calls.js'
import { abortedUploads } from './aborted-uploads.js'
import { answeredCalls } from './answered-calls.js'
import { completedUploads } from './completed-uploads.js'
import { endedCallers } from './ended-callers.js'
import { leftUploads } from './left-uploads.js'
import { listedParts } from './listed-parts.js'
import { looksBeforeCreations } from './looks-before-creations.js'
import { openUploads } from './open-uploads.js'
import { otherOwners } from './other-owners.js'
import { quietServers } from './quiet-servers.js'
import { replacedObjects } from './replaced-objects.js'
import { signedFiles } from './signed-files.js'
import { storedObjects } from './stored-objects.js'

/** Everything that is wrong after a run. */
export async function serverProblems(run: ServerRun): Promise<string[]> {
  return [
    ...answeredCalls(run),
    ...signedFiles(run),
    ...storedObjects(run),
    ...openUploads(run),
    ...otherOwners(run),
    ...(await completedUploads(run)),
    ...abortedUploads(run),
    ...abandonedCalls(run),
    ...replacedObjects(run),
    ...listedParts(run),
    ...looksBeforeCreations(run),
    ...leftUploads(run),
    ...endedCallers(run),
    ...quietServers(run),
  ]
}
