import { type Runtime, systemRuntime } from '../../async/runtime.js'
import type { Credentials } from '../../sigv4/credentials.js'

type CredentialChain = (options?: { readonly forceRefresh?: boolean }) => Promise<Credentials>

interface ProvidersModule {
  readonly fromNodeProviderChain: () => CredentialChain
}

/** From here on a signature would be too short-lived to be of use. */
const renewalSeconds = 60

/**
 * AWS's default credential chain: environment, shared files and profiles, web identity, the container's role, the
 * instance's role.
 *
 * Loads `@aws-sdk/credential-providers` when credentials are first needed, so that an app with an access key need not
 * install it. The chain keeps what it found and renews it in the background five minutes before its end; an app that
 * was idle then waits for the renewal in the last minute.
 */
export function defaultCredentials(
  load: () => Promise<ProvidersModule> = loadProviders,
  runtime: Pick<Runtime, 'wallNow'> = systemRuntime,
): () => Promise<Credentials> {
  let loading: Promise<CredentialChain> | undefined
  return async () => {
    loading ??= load().then(({ fromNodeProviderChain }) => fromNodeProviderChain())
    const chain = await loading.catch((error: unknown) => {
      loading = undefined
      throw error
    })
    const credentials = await chain()
    if (!endsSoon(credentials, runtime)) return credentials
    // They still live for a moment, and the next request tries again.
    return await chain({ forceRefresh: true }).catch(() => credentials)
  }
}

async function loadProviders(): Promise<ProvidersModule> {
  // Bundlers let a package be missing only where its import stands in a `try`.
  try {
    return await import('@aws-sdk/credential-providers')
  } catch (cause) {
    const error = new Error(
      's3-direct-upload: AWS_ACCESS_KEY_ID is not set, so the credentials come from the default chain of AWS, and ' +
        'the optional package that has it could not be loaded. Install it with ' +
        '"npm install @aws-sdk/credential-providers", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      { cause },
    )
    // As the chain itself calls a lack of credentials.
    error.name = 'CredentialsProviderError'
    throw error
  }
}

function endsSoon({ expiration }: Credentials, { wallNow }: Pick<Runtime, 'wallNow'>): boolean {
  return expiration !== undefined && expiration.getTime() - wallNow() < renewalSeconds * 1000
}
