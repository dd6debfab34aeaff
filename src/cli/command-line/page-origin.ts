import { InvalidArgumentError } from 'commander'

/**
 * Reads the origin of a page as a browser sends it: scheme, host and port, and nothing behind.
 *
 * @throws InvalidArgumentError when it is none.
 */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InvalidArgumentError('Write it with its scheme: https://app.example.com.')
  }
  if (url.origin === text) return text
  throw new InvalidArgumentError(`A browser sends it as ${url.origin}; write it so.`)
}

/** Collects the origins of an option that may be repeated. */
export function collectOrigins(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, parseOrigin(text)]
}
