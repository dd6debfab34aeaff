import { act, render, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { type HttpTransport, S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import { createTestTransport } from 's3-direct-upload/testing'
import { expect, vi } from 'vitest'
import { isUnfinishedMarked } from '../../src/upload/store/unfinished-mark.js'
import { createSite, mebibyte } from '../support/engine.js'
import { type GivenProps, inputOf } from './render-uploader.js'

/** A signing handler, a test S3 and a browser's database, which outlive the pages of a test. */
export function startSite() {
  const site = createSite()
  vi.stubGlobal('indexedDB', new IDBFactory())
  localStorage.clear()
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    site.handler(new Request(new URL(path, 'http://app.test'), init)),
  )
  return site
}

/** Waits until a later page can know that an upload is unfinished. */
export async function whenUnfinishedIsKept(): Promise<void> {
  await waitFor(() => expect(isUnfinishedMarked()).toBe(true))
}

export type StartedSite = ReturnType<typeof startSite>

/** Lets so many parts through; those after them are on their way until they are aborted, or more may pass. */
export function startLine({ s3 }: StartedSite, partsAllowed = Number.POSITIVE_INFINITY) {
  const { send } = createTestTransport(s3)
  const waiting: (() => void)[] = []
  let allowed = partsAllowed
  const transport: HttpTransport = {
    async send(request) {
      if (allowed === 0) await waitForLeave(request.signal, waiting)
      else allowed -= 1
      return await send(request)
    },
  }
  return {
    transport,
    letPass: () => {
      allowed = Number.POSITIVE_INFINITY
      for (const go of waiting.splice(0)) go()
    },
  }
}

function waitForLeave(signal: AbortSignal, waiting: (() => void)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    waiting.push(resolve)
  })
}

/** A page of the site with an uploader. */
export function openPage(site: StartedSite, props: GivenProps = {}) {
  const user = userEvent.setup()
  const given: S3UploaderProps = { endpoint: '/api/s3', checksum: false, ...props }
  const view = render(<S3Uploader transport={startLine(site).transport} {...given} />)
  return {
    ...view,
    user,
    choose: (...files: File[]) => user.upload(inputOf(view.container), files),
    async leave() {
      view.unmount()
      // An instance of its own ends in a timer, so that StrictMode can save it.
      await act(() => new Promise((resolve) => setTimeout(resolve, 1)))
    },
  }
}

/** A file of so many parts, the last one smaller. */
export function largeFile(name = 'film.mov', parts = 2): File {
  const size = (parts - 1) * 5 * mebibyte + 1000
  return new File([new Uint8Array(size)], name, { type: 'video/quicktime', lastModified: 1 })
}
