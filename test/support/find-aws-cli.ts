import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the AWS CLI is; Debian's own first: a newer one on the path may be a wrapper that needs the network. */
export function findAwsCli(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return folders.map((folder) => join(folder, 'aws')).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not for us.
    return false
  }
}
