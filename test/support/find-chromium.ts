import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { posix, win32 } from 'node:path'

/** What the search sees of the computer; a test gives its own. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  /** Whether `apt-get` here installs Debian or Ubuntu packages. */
  readonly isDebianLike: boolean
  exists(path: string): boolean
  /** Runs a command to its end and tells whether it succeeded. */
  run(command: string, args: readonly string[]): boolean
  /** Where Playwright keeps its own Chromium, be it downloaded or not. */
  playwrightPath(): string
}

const commandNames = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'msedge',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

const howToGetOne = `s3-direct-upload: the tests need Chromium, Chrome or Edge, and this computer has none that runs. Any one of these gives one:
  1. install Chrome, Chromium or Edge the usual way (Debian, Ubuntu: apt-get install chromium);
  2. let Playwright download its own: npx playwright install --with-deps chromium;
  3. name the program: CHROMIUM_PATH=/path/to/chrome npm test.`

/**
 * The path of a Chromium that runs here. In this order: `CHROMIUM_PATH`, a browser of the system,
 * Playwright's download, a new download by Playwright, a new package of Debian (as root).
 * @throws when there is none and none can be had; the message says what to do.
 */
export function findChromiumSync(machine: Machine = thisMachine): string {
  const chosen = machine.env.CHROMIUM_PATH
  if (chosen) {
    if (machine.exists(chosen)) return chosen
    throw new Error(`s3-direct-upload: CHROMIUM_PATH is "${chosen}", and no such file exists.`)
  }
  const present = firstThatRuns(machine)
  if (present) return present
  if (machine.run('npx', ['--no', 'playwright', 'install', 'chromium'])) {
    const downloaded = firstThatRuns(machine)
    if (downloaded) return downloaded
  }
  if (machine.isRoot && machine.isDebianLike && installPackage(machine)) {
    const installed = firstThatRuns(machine)
    if (installed) return installed
  }
  throw new Error(howToGetOne)
}

/** The same as a promise, for callers that wait anyway. */
export async function findChromium(machine: Machine = thisMachine): Promise<string> {
  return findChromiumSync(machine)
}

/** Switches of Playwright that keep hidden pages awake or take away what every user's browser has. */
const unlikeUsers = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-back-forward-cache',
  '--disable-ipc-flooding-protection',
  '--disable-hang-monitor',
  '--disable-popup-blocking',
  '--disable-field-trial-config',
]

/** What `chromium.launch()` of Playwright needs here; the search runs when `executablePath` is read. */
export function chromiumLaunchOptions(machine: Machine = thisMachine) {
  return {
    get executablePath() {
      return findChromiumSync(machine)
    },
    // A container's /dev/shm is often too small; the sandbox refuses to start as root.
    args: ['--disable-gpu', '--disable-dev-shm-usage', ...(machine.isRoot ? ['--no-sandbox'] : [])],
    ignoreDefaultArgs: [...unlikeUsers],
    // Without a UTF-8 locale, as in many containers, Chromium cannot open a file called "é.txt".
    env: { ...machine.env, LC_ALL: 'C.UTF-8' },
  }
}

function firstThatRuns(machine: Machine): string | undefined {
  const candidates = [...systemPaths(machine), machine.playwrightPath()]
  return candidates.find((path) => machine.exists(path) && starts(path, machine))
}

/** A snap stub or a download without its libraries is a file that exists and does not start. */
function starts(path: string, machine: Machine): boolean {
  // On Windows `--version` would open a window.
  return machine.platform === 'win32' || machine.run(path, ['--version'])
}

function systemPaths({ env, platform }: Machine): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    return roots.flatMap((root) =>
      root ? windowsPrograms.map((program) => win32.join(root, program)) : [],
    )
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '')
  const onPath = commandNames.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
  if (platform !== 'darwin') return onPath
  const roots = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])]
  return [
    ...macApplications.flatMap((name) => roots.map((root) => posix.join(root, name))),
    ...onPath,
  ]
}

function installPackage(machine: Machine): boolean {
  const install = ['install', '-y', '--no-install-recommends', 'chromium']
  if (machine.run('apt-get', install)) return true
  return machine.run('apt-get', ['update']) && machine.run('apt-get', install)
}

const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  isDebianLike: isDebianLike(),
  exists: existsSync,
  run(command, args) {
    const isInstall = args[0] !== '--version'
    if (isInstall) process.stderr.write(`Chromium: ${[command, ...args].join(' ')}\n`)
    const { status } = spawnSync(command, args, {
      stdio: ['ignore', 'ignore', isInstall ? 'inherit' : 'ignore'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      shell: process.platform === 'win32' && command === 'npx',
      timeout: 300_000,
    })
    return status === 0
  },
  playwrightPath() {
    const { chromium } = createRequire(import.meta.url)('playwright') as typeof import('playwright')
    return chromium.executablePath()
  },
}

function isDebianLike(): boolean {
  const file = '/etc/os-release'
  return existsSync(file) && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(file, 'utf8'))
}
