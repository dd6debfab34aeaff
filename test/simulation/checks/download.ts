import { mayPass } from '../../../src/upload/errors/error-kinds.js'
import { isUploadError } from '../../../src/upload/errors/upload-error.js'
import { startMs } from '../clock/virtual-runtime.js'
import type { Tab } from '../page/tab.js'
import type { User } from '../run/user.js'
import type { World } from '../world/world.js'

/** Who downloads. */
interface Download {
  readonly world: World
  readonly user: User
  readonly tab: Tab
}

const second = 1000

/** Asks for the URL of a complete file: it must give the bytes until it ends, and nothing afterwards. */
export async function checkDownload(download: Download, key: string): Promise<void> {
  const { world, tab } = download
  try {
    const { url, expiresInSeconds } = await tab.signDownload(key)
    const signed = signingOf(url)
    const endMs = signed.atMs + expiresInSeconds * second
    // The computer slept until then.
    if (endMs < world.clock.now) return
    for (const atMs of [world.clock.now, endMs - second])
      await requireBytes(download, key, url, atMs)
    await requireRefusal(download, key, url, signed.atMs + (signed.forSeconds + 1) * second)
  } catch (error) {
    // A user waits no longer than half a minute.
    if (!isUploadError(error) || !mayPass(error)) world.problems.push(`DOWNLOAD ${key}: ${error}`)
  }
}

/** When a URL was signed, by the clock of the simulation, and for how long. */
function signingOf(url: string): { readonly atMs: number; readonly forSeconds: number } {
  const { searchParams } = new URL(url)
  const date = searchParams.get('X-Amz-Date') ?? ''
  const iso = date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')
  return {
    atMs: Date.parse(iso) - startMs,
    forSeconds: Number(searchParams.get('X-Amz-Expires')),
  }
}

async function requireBytes(
  { world, user }: Download,
  key: string,
  url: string,
  atMs: number,
): Promise<void> {
  const response = await get(world, url, atMs)
  const bytes = Buffer.from(await response.arrayBuffer())
  const { name = '' } = user.completed.get(key) ?? {}
  const isOne = user.contents.get(name)?.some((content) => bytes.equals(content))
  if (response.ok && isOne) return
  world.problems.push(
    `DOWNLOAD ${name} does not come with the URL that was signed: ${response.status}`,
  )
}

async function requireRefusal(
  { world }: Download,
  key: string,
  url: string,
  atMs: number,
): Promise<void> {
  const { status } = await get(world, url, atMs)
  if (status !== 403)
    world.problems.push(`DOWNLOAD ${key} comes after its URL has ended: ${status}`)
}

/** Asks S3 as if it were then. */
function get({ storage }: World, url: string, atMs: number): Promise<Response> {
  return new Promise((resolve) => storage.answer(() => new Request(url), atMs, resolve))
}
