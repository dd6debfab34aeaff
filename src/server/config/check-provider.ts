import { formatSize, parseSize } from '../../protocol/byte-size.js'
import type { ProviderOptions } from '../contract/provider-options.js'
import type { SigningOptions } from '../contract/signing-options.js'
import type { StorageOptions } from '../contract/storage-options.js'
import { type Accepts, isFunction, optional } from './checks.js'
import { presetOf, providerPresets } from './provider-presets.js'

const providerNames = Object.keys(providerPresets)

/** Which values each option of the provider can have, and what to say of the others. */
export const providerChecks: Readonly<
  Record<keyof ProviderOptions, readonly [accepts: Accepts, problem: string]>
> = {
  provider: [
    optional((value) => typeof value === 'string' && providerNames.includes(value)),
    `must be one of ${providerNames.map((name) => `'${name}'`).join(', ')}, or left out for Amazon.`,
  ],
  unclaimed: [
    optional((value) => value === 'keep' || value === 'tag'),
    "must be 'keep' or 'tag', or left out.",
  ],
  claim: [
    optional((value) => value === 'on-complete' || value === 'by-app'),
    "must be 'on-complete' or 'by-app', or left out.",
  ],
  contentCheck: [
    optional(isFunction),
    'must be a function of the first bytes that returns a media type, or left out.',
  ],
}

/** Lists which options cannot work together with the provider, each with the way out. */
export function providerContradictions(options: SigningOptions): string[] {
  const { provider = 'aws', endpoint, method, unclaimed, claim, partSize } = options
  const { contentCheck, storage } = options
  const preset = presetOf(provider)
  const problems: string[] = []
  if (preset.needsEndpoint && endpoint === undefined) {
    problems.push(
      `endpoint: is missing, and '${provider}' is not Amazon. Pass the URL of your service.`,
    )
  }
  if (preset.forms === 'no' && method === 'POST') {
    problems.push(
      `method: is 'POST', which '${provider}' does not have. Leave it out, and files go by PUT.`,
    )
  }
  if (unclaimed === 'tag' && preset.tags === 'nowhere') {
    problems.push(`unclaimed: is 'tag', and '${provider}' has no object tags. Leave it out.`)
  }
  if (unclaimed === 'tag' && preset.tags === 'not-in-forms' && method === 'POST') {
    problems.push(
      `method: is 'POST', and '${provider}' does not hold a form to its tags, as unclaimed: 'tag' needs. ` +
        'Leave method out, and files go by PUT.',
    )
  }
  if (claim === 'by-app' && unclaimed !== 'tag') {
    problems.push("claim: is 'by-app', but nothing waits for a claim. Set unclaimed to 'tag'.")
  }
  if (contentCheck && typeof storage === 'object' && isArchive(storage)) {
    problems.push(
      `storage.storageClass: is '${storage.storageClass}', of which nobody can read the bytes that contentCheck needs. ` +
        'Leave one of them out; a lifecycle rule can archive objects later.',
    )
  }
  if ((parseSize(partSize) ?? 0) > preset.maxPartBytes) {
    const limit = formatSize(preset.maxPartBytes)
    problems.push(`partSize: is above the ${limit} that '${provider}' takes. Lower it.`)
  }
  return problems
}

function isArchive({ storageClass }: StorageOptions): boolean {
  return storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE'
}
