import { cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactElement } from 'react'
import type { SigningOptions } from 's3-direct-upload/server'
import { afterEach, vi } from 'vitest'
import { createDownloadPair } from '../server/download-setup.js'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** A bucket, a handler at `/api/s3`, and a browser that goes nowhere but says where it was to go. */
export function startDownloads(changes: Partial<SigningOptions> = {}) {
  const pair = createDownloadPair(changes)
  const bodies: string[] = []
  const gate = { wait: Promise.resolve() }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    bodies.push(String(init.body))
    await gate.wait
    return await pair.handler(new Request(new URL(path, 'http://app.test'), init))
  })
  const followed: HTMLAnchorElement[] = []
  const follow = (event: Event) => {
    if (!(event.target instanceof HTMLAnchorElement)) return
    event.preventDefault()
    followed.push(event.target)
  }
  document.addEventListener('click', follow)
  afterThis(() => document.removeEventListener('click', follow))
  return {
    ...pair,
    /** What the page asked the endpoint. */
    bodies,
    /** Links the browser was to follow. */
    followed,
    /** Holds the endpoint's answers until the returned function is called. */
    hold() {
      let go = () => {}
      gate.wait = new Promise((resolve) => {
        go = resolve
      })
      return () => go()
    },
    show(element: ReactElement) {
      return { user: userEvent.setup(), ...render(element) }
    },
    async textBehind(url: string | undefined) {
      const response = await pair.s3.fetch(new Request(url ?? ''))
      return {
        text: await response.text(),
        disposition: response.headers.get('content-disposition'),
      }
    },
  }
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
function afterThis(end: () => void) {
  ends.push(end)
}

/** A tab that the page opens. */
export function stubTab() {
  const tab = {
    opener: {} as unknown,
    closed: false,
    location: { replace: vi.fn() },
    close: vi.fn(),
  }
  const open = vi.fn((): typeof tab | null => tab)
  vi.stubGlobal('open', open)
  return { tab, open }
}
