import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { callOf, type Engine, type EngineTab, type Key } from './engine.js'
import { beginSession, elementKey, type WebDriverSession } from './webdriver.js'

const driver = '/usr/bin/WebKitWebDriver'
const frame = '/usr/bin/xvfb-run'
const miniBrowsers = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
)
const scriptMs = 60_000
const keys: Record<Key, string> = { Tab: '\uE004', Enter: '\uE007', Space: ' ' }

/** Starts WebKitGTK, driven by WebDriver under a display of its own; undefined where it is not installed. */
export async function startWebKit(): Promise<Engine | undefined> {
  const binary = miniBrowsers.find(existsSync)
  if (binary === undefined || ![driver, frame].every(existsSync)) return undefined
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(
    frame,
    ['-a', '-s', '-screen 0 1280x1024x24', driver, `--port=${port}`, '--host=127.0.0.1'],
    {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, LC_ALL: 'C.UTF-8', WEBKIT_DISABLE_DMABUF_RENDERER: '1' },
    },
  )
  await untilItListens(url, child)
  const begin = async () => {
    const options = { binary, args: ['--automation'] }
    const session = await beginSession(url, { 'webkitgtk:browserOptions': options })
    await session.send('POST', '/timeouts', { script: scriptMs, pageLoad: 60_000 })
    return session
  }
  const first = await begin()
  const version = String(first.capabilities.browserVersion)
  await first.send('DELETE', '')
  return {
    name: 'webkit',
    version,
    async open(page) {
      const tab = tabOf(await begin())
      await tab.go(page)
      return tab
    },
    async close() {
      end(child)
    },
  }
}

function tabOf(session: WebDriverSession): EngineTab {
  const ev: EngineTab['ev'] = async (run, ...given) => {
    const script = `const done = arguments[arguments.length - 1]
      Promise.resolve().then(() => ${callOf(run, given)}).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) + ' ' + error?.stack }),
      )`
    // The script makes nothing else.
    type Answer = { value: Awaited<ReturnType<typeof run>>; error?: string }
    const answer = await session.send<Answer>('POST', '/execute/async', { script, args: [] })
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.value
  }
  return {
    ev,
    go: (to) => session.send('POST', '/url', { url: to }),
    back: () => session.send('POST', '/back'),
    reload: () => session.send('POST', '/refresh'),
    async choose(...paths) {
      const using = 'css selector'
      const found = await session.send<Record<string, string>>('POST', '/element', {
        using,
        value: 'input[type=file]',
      })
      await session.send('POST', `/element/${found[elementKey]}/value`, { text: paths.join('\n') })
    },
    async key(key) {
      const value = keys[key]
      const actions = [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]
      await session.send('POST', '/actions', {
        actions: [{ type: 'key', id: 'keyboard', actions }],
      })
    },
    async shot() {
      // A page that does not repaint gives no picture.
      await ev(() => {
        const dot = document.body.appendChild(document.createElement('i'))
        dot.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px'
        const timer = setInterval(() => {
          dot.style.opacity = String(Math.random())
        }, 20)
        setTimeout(() => {
          clearInterval(timer)
          dot.remove()
        }, 3000)
      })
      return Buffer.from(await session.send<string>('GET', '/screenshot'), 'base64')
    },
    close: () => session.send('DELETE', ''),
  }
}

async function untilItListens(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isUp = await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  end(child)
  throw new Error('WebKitWebDriver does not listen after 10 s.')
}

function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGTERM')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('No port is free.')
  return address.port
}
