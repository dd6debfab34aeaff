import { describe, expect, test } from 'vitest'
import { chromiumLaunchOptions, findChromium, type Machine } from './find-chromium.js'

const downloadPath = '/home/me/.cache/ms-playwright/chrome'

/** A computer with these files; `effects` are commands that succeed and the file each leaves behind. */
function machineWith(
  files: readonly string[],
  { effects = {}, ...rest }: Partial<Machine> & { effects?: Record<string, string> } = {},
) {
  const present = new Set(files)
  const commands: string[] = []
  const machine: Machine = {
    env: { PATH: '/usr/local/bin:/usr/bin', HOME: '/home/me' },
    platform: 'linux',
    isRoot: false,
    isDebianLike: true,
    exists: (path) => present.has(path),
    run(command, args) {
      if (args[0] === '--version') return present.has(command)
      const line = [command, ...args].join(' ')
      commands.push(line)
      const created = effects[line]
      if (created) present.add(created)
      return created !== undefined
    },
    playwrightPath: () => downloadPath,
    ...rest,
  }
  return { machine, commands }
}

const playwrightInstall = 'npx --no playwright install chromium'
const aptInstall = 'apt-get install -y --no-install-recommends chromium'

describe('the search for Chromium', () => {
  test('takes CHROMIUM_PATH before everything else', async () => {
    const { machine } = machineWith(['/opt/chrome', '/usr/bin/google-chrome'], {
      env: { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/chrome' },
    })

    expect(await findChromium(machine)).toBe('/opt/chrome')
  })

  test('refuses a CHROMIUM_PATH that is not there', async () => {
    const { machine } = machineWith(['/usr/bin/google-chrome'], {
      env: { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/chrome' },
    })

    await expect(findChromium(machine)).rejects.toThrow('CHROMIUM_PATH is "/opt/chrome"')
  })

  test('prefers Chrome to Chromium to Edge on the path', async () => {
    const all = ['/usr/bin/microsoft-edge', '/usr/local/bin/chromium', '/usr/bin/google-chrome']

    expect(await findChromium(machineWith(all).machine)).toBe('/usr/bin/google-chrome')
    expect(await findChromium(machineWith(all.slice(0, 2)).machine)).toBe('/usr/local/bin/chromium')
    expect(await findChromium(machineWith(all.slice(0, 1)).machine)).toBe('/usr/bin/microsoft-edge')
  })

  test('passes over a program that does not start', async () => {
    const { machine } = machineWith(['/usr/bin/chromium-browser', downloadPath], {
      run: (command) => command === downloadPath,
    })

    expect(await findChromium(machine)).toBe(downloadPath)
  })

  test('knows where macOS keeps applications', async () => {
    const path = '/home/me/Applications/Chromium.app/Contents/MacOS/Chromium'

    expect(await findChromium(machineWith([path], { platform: 'darwin' }).machine)).toBe(path)
  })

  test('knows where Windows keeps programs and does not start them', async () => {
    const path = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    const { machine, commands } = machineWith([path], {
      platform: 'win32',
      env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
      run: () => false,
    })

    expect(await findChromium(machine)).toBe(path)
    expect(commands).toEqual([])
  })

  test("takes Playwright's download when the system has no browser", async () => {
    const { machine, commands } = machineWith([downloadPath])

    expect(await findChromium(machine)).toBe(downloadPath)
    expect(commands).toEqual([])
  })

  test('asks Playwright for a download before it asks apt', async () => {
    const { machine, commands } = machineWith([], {
      isRoot: true,
      effects: { [playwrightInstall]: downloadPath, [aptInstall]: '/usr/bin/chromium' },
    })

    expect(await findChromium(machine)).toBe(downloadPath)
    expect(commands).toEqual([playwrightInstall])
  })

  test('installs the package of Debian as root when the download fails', async () => {
    const { machine, commands } = machineWith([], {
      isRoot: true,
      effects: { [aptInstall]: '/usr/bin/chromium' },
    })

    expect(await findChromium(machine)).toBe('/usr/bin/chromium')
    expect(commands).toEqual([playwrightInstall, aptInstall])
  })

  test.each([
    { isRoot: false, isDebianLike: true },
    { isRoot: true, isDebianLike: false },
  ])('leaves apt alone without root or outside Debian: %o', async (who) => {
    const { machine, commands } = machineWith([], who)

    await expect(findChromium(machine)).rejects.toThrow('has none that runs')
    expect(commands).toEqual([playwrightInstall])
  })

  test('names three ways out when there is no browser', async () => {
    const { machine } = machineWith([], { isRoot: true })

    await expect(findChromium(machine)).rejects.toThrow(
      /apt-get install chromium.*npx playwright install.*CHROMIUM_PATH=/s,
    )
  })
})

describe('the launch options', () => {
  test('give up the sandbox as root only', () => {
    expect(chromiumLaunchOptions(machineWith([], { isRoot: true }).machine).args).toContain(
      '--no-sandbox',
    )
    expect(chromiumLaunchOptions(machineWith([]).machine).args).not.toContain('--no-sandbox')
  })

  test('let Chromium open files with any name, whatever the locale', () => {
    expect(chromiumLaunchOptions(machineWith([]).machine).env).toMatchObject({ LC_ALL: 'C.UTF-8' })
  })

  test('search only when the path is read', () => {
    const { machine, commands } = machineWith([])
    const options = chromiumLaunchOptions(machine)

    expect(commands).toEqual([])
    expect(() => options.executablePath).toThrow('has none that runs')
  })
})
