import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { type Browser, chromium } from 'playwright'
import { debuggingPipe } from './debugging-pipe.js'
import { chromiumLaunchOptions } from './find-chromium.js'

/** A Chromium in which pages are scheduled, hidden and throttled as they are for a user. */
export interface StartedChromium {
  readonly browser: Browser
  /** Ends it as a crash or the system would, without a word to its pages. */
  kill(): Promise<void>
}

export interface ChromiumOptions {
  /** Where the browser keeps what it stores; it stays after the end. @default a folder that goes with the browser */
  readonly profile?: string
  readonly args?: readonly string[]
}

/**
 * Everything that differs from the browser of a user. Playwright's own list also keeps hidden pages awake, takes the
 * back/forward cache away, lets a page flood the browser with messages and more.
 */
const args = [
  '--headless=new',
  // It neither asks its maker for anything, nor greets.
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--password-store=basic',
  '--use-mock-keychain',
]

/** Starts Chromium with nothing switched off, and hands it to Playwright. */
export async function startChromium(options: ChromiumOptions = {}): Promise<StartedChromium> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'chromium-')))
  const { executablePath, args: machineArgs, env } = chromiumLaunchOptions()
  const child = spawn(
    executablePath,
    [
      ...[...args, ...machineArgs, ...(options.args ?? [])],
      ...['--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
    ],
    // A group of its own, so that its many processes end together.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true, env },
  )
  const hasExited = once(child, 'exit')
  const kill = async () => {
    killGroup(child)
    await hasExited
    if (options.profile === undefined) await removeProfile(profile)
  }
  const [, , , input, output] = child.stdio
  if (!(input instanceof Writable && output instanceof Readable)) {
    throw new Error('Node has opened no pipe to Chromium.')
  }
  try {
    const pipe = debuggingPipe({ input, output }, () => killGroup(child))
    const browser = await chromium.connectOverCDP(pipe)
    const disconnect = browser.close.bind(browser)
    const close: Browser['close'] = async (reason) => {
      await disconnect(reason)
      await kill()
    }
    return { browser: Object.assign(browser, { close }), kill }
  } catch (error) {
    await kill()
    throw error
  }
}

/** Its processes still write for a moment after they were killed. */
function removeProfile(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
