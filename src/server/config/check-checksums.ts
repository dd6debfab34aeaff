import type { SigningOptions } from '../contract/signing-options.js'
import { resolveProvider } from './provider-config.js'

/** Lists which options leave the bytes of a file open that others promise to bind, each with the way out. */
export function checksumContradictions(options: SigningOptions): string[] {
  const { checksums, overwrite, requireChecksum } = resolveProvider(options)
  const problems: string[] = []
  if (requireChecksum && !checksums) {
    problems.push(
      'requireChecksum: is true, but checksums is false, so no signature binds one. ' +
        'Set checksums to true if your storage compares SHA-256 checksums, or leave requireChecksum out.',
    )
  }
  if (options.contentCheck !== undefined && overwrite === 'allow' && !requireChecksum) {
    problems.push(
      "contentCheck: cannot be relied on with overwrite: 'allow', because a page could put other bytes in the place of the checked ones. " +
        "Set overwrite to 'refuse' if your storage heeds If-None-Match, or checksums and requireChecksum to true if it compares SHA-256 checksums.",
    )
  }
  return problems
}
