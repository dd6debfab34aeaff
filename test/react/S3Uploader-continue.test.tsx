import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import {
  largeFile,
  openPage,
  type StartedSite,
  startLine,
  startSite,
  whenUnfinishedIsKept,
} from './render-on-site.js'
import { findRejection } from './render-uploader.js'

/** What Chromium gives with a dropped file, which jsdom does not have. */
const handle = { kind: 'file', name: 'film.mov', getFile: async () => largeFile() }

// A browser's database keeps handles; what stands for one here has a method, which Node does not clone.
beforeEach(() => {
  const clone = structuredClone
  vi.stubGlobal('structuredClone', <Value extends object>(value: Value) =>
    'handle' in value && value.handle === handle
      ? { ...clone({ ...value, handle: undefined }), handle }
      : clone(value),
  )
})

function dropLargeFile(container: Element) {
  const item = {
    kind: 'file',
    getAsFile: () => largeFile(),
    getAsFileSystemHandle: async () => handle,
  }
  fireEvent.drop(container.firstElementChild!, {
    dataTransfer: { types: ['Files'], items: [item] },
  })
}

async function leaveUnfinished(site: StartedSite) {
  const { transport } = startLine(site, 1)
  const page = openPage(site, { transport, concurrency: 1 })
  dropLargeFile(page.container)
  await waitFor(() => expect(site.operations('UploadPart')).toHaveLength(1))
  await whenUnfinishedIsKept()
  await page.leave()
}

it.each([true, false])(
  'Continue goes on with the file at once, with autoUpload %s',
  async (autoUpload) => {
    const site = startSite()
    await leaveUnfinished(site)
    openPage(site, { autoUpload })

    await userEvent.click(await screen.findByRole('button', { name: /^Continue/ }))

    await screen.findByText('Uploaded')
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
    expect(site.operations('UploadPart')).toHaveLength(2)
  },
)

it('Continue starts no other file that waits for its start', async () => {
  const site = startSite()
  await leaveUnfinished(site)
  const page = openPage(site, { autoUpload: false })
  await page.choose(new File(['waits'], 'waiting.txt'))

  await userEvent.click(await screen.findByRole('button', { name: /^Continue/ }))

  await waitFor(() => expect(site.operations('UploadPart')).toHaveLength(2))
  await waitFor(() => expect(screen.getByText(/1 of 2/)).toBeInTheDocument())
  expect(site.operations('PostObject')).toEqual([])
})

it('Continue takes no file a second time that another uploader has gone on with, and says so', async () => {
  const site = startSite()
  await leaveUnfinished(site)
  openPage(site)
  openPage(site)
  const buttons = () => screen.queryAllByRole('button', { name: /^Continue/ })
  await waitFor(() => expect(buttons()).toHaveLength(2))
  await userEvent.click(buttons()[0]!)
  await screen.findByText('Uploaded')
  expect(buttons()).toHaveLength(1)

  await userEvent.click(buttons()[0]!)

  await waitFor(() => expect(buttons()).toHaveLength(0))
  expect(await findRejection()).toHaveTextContent(
    'film.mov: This upload is no longer there. Add the file again.',
  )
  expect(screen.getAllByText('Uploaded')).toHaveLength(1)
  expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
})
