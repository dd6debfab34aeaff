import { act, renderHook, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import { useS3Uploader } from 's3-direct-upload'
import { beforeEach, describe, expect, it } from 'vitest'
import type { UploadStore } from '../../src/upload/store/upload-store.js'
import {
  largeFile,
  openPage,
  type StartedSite,
  startLine,
  startSite,
  whenUnfinishedIsKept,
} from './render-on-site.js'

let site: StartedSite

beforeEach(() => {
  site = startSite()
})

const partsStored = () => site.operations('UploadPart').length
const title = { name: /not finished last time$/ }
const interruptedList = () => screen.findByRole('list', title)
const queryInterruptedList = () => screen.queryByRole('list', title)

/** Uploads one part of a file of two, then the component is gone. */
async function leaveUnfinished(file = largeFile()) {
  const { transport } = startLine(site, 1)
  const page = openPage(site, { transport, concurrency: 1 })
  const before = partsStored()
  await page.choose(file)
  await waitFor(() => expect(partsStored()).toBe(before + 1))
  await whenUnfinishedIsKept()
  await page.leave()
}

describe('a component that goes', () => {
  it('leaves what is unfinished in the bucket', async () => {
    await leaveUnfinished()

    expect(await site.openUploads()).toBe(1)
    expect(site.operations('AbortMultipartUpload')).toEqual([])
  })

  it('and comes back in StrictMode uploads once', async () => {
    const { transport } = startLine(site)
    const options = { endpoint: '/api/s3', transport, checksum: false }
    const { result } = renderHook(() => useS3Uploader(options), { wrapper: StrictMode })

    act(() => result.current.addFiles([largeFile()]))

    await waitFor(() => expect(result.current.summary.counts.complete).toBe(1))
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
    expect(partsStored()).toBe(2)
  })
})

describe('what was not finished last time', () => {
  it('is listed with its size and what to do about it', async () => {
    await leaveUnfinished()

    openPage(site)

    const entry = within(await interruptedList()).getByRole('listitem')
    expect(entry).toHaveTextContent('film.mov')
    expect(entry).toHaveTextContent('5.2 MB')
    expect(entry).toHaveTextContent('Choose this file again to go on')
    expect(within(entry).queryByRole('button', { name: /^Continue/ })).not.toBeInTheDocument()
  })

  it('goes on when the file is chosen again, and is listed no longer', async () => {
    await leaveUnfinished()
    const { choose } = openPage(site)
    await interruptedList()

    await choose(largeFile())

    await screen.findByText('Uploaded')
    expect(queryInterruptedList()).not.toBeInTheDocument()
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
    expect(partsStored()).toBe(2)
  })

  it('is given up by a button, and the focus stays among the others', async () => {
    await leaveUnfinished()
    await leaveUnfinished(largeFile('second.mov'))
    const { user } = openPage(site)
    const region = screen.getByRole('status')
    await within(region).findByText('2 uploads were not finished last time')
    const list = await interruptedList()

    await user.click(within(list).getByRole('button', { name: 'Discard upload: second.mov' }))

    expect(screen.getByRole('button', { name: 'Discard upload: film.mov' })).toHaveFocus()
    await waitFor(async () => expect(await site.openUploads()).toBe(1))
    await within(region).findByText('second.mov removed')
  })

  it('is spoken of once', async () => {
    await leaveUnfinished()

    openPage(site)

    await within(screen.getByRole('status')).findByText('1 upload was not finished last time')
  })

  it('is not kept when the app does without', async () => {
    const { transport } = startLine(site, 1)
    const page = openPage(site, { transport, concurrency: 1, resume: false })
    await page.choose(largeFile())
    await waitFor(() => expect(partsStored()).toBe(1))
    await page.leave()

    openPage(site)
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)))

    expect(queryInterruptedList()).not.toBeInTheDocument()
  })
})

describe('a file that the browser cannot open again', () => {
  it('is listed among what was not taken, with what to do', async () => {
    const { result } = renderHook(() => useS3Uploader({ endpoint: '/api/s3' }))
    const store = result.current.uploads as UploadStore
    const lost = { uploadId: 'u1', name: 'film.mov', size: 1, canReopen: true }
    act(() => store.setInterrupted([lost]))

    act(() => result.current.continueInterrupted('u1'))

    await waitFor(() =>
      expect(result.current.rejected).toMatchObject([
        {
          reason: 'cannot-reopen',
          names: ['film.mov'],
          message: 'Choose the file again to go on.',
        },
      ]),
    )
  })
})
