/** The components and hooks of `@uppy/react`, which is no dependency of ours, in the app's own provider. */

import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import Uppy from '@uppy/core'
import {
  FilesList,
  UploadButton,
  UppyContextProvider,
  useUppyContext,
  useUppyState,
} from '@uppy/react'
import { S3Uploader } from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { expect, it, vi } from 'vitest'
import { fileOf, inputOf, seen, startEndpoint } from './render-uploader.js'

function UploadedCount() {
  const files = useUppyState(useUppyContext().uppy!, (state) => Object.values(state.files))
  return <output>{files.filter(({ progress }) => progress.uploadComplete).length} uploaded</output>
}

async function renderInProvider() {
  const { transport } = startEndpoint()
  const uppy = new Uppy().use(S3DirectUpload, { endpoint: '/api/s3', transport })
  const listen = vi.spyOn(uppy, 'on')
  const { container } = render(
    <UppyContextProvider uppy={uppy}>
      <S3Uploader uppy={uppy}>
        <UploadedCount />
      </S3Uploader>
      <section aria-label="Of Uppy">
        <FilesList />
        <UploadButton />
      </section>
    </UppyContextProvider>,
  )
  // Uppy's list shows only what comes after it has begun to listen, a moment after it is there.
  await waitFor(() => expect(listen.mock.calls.map(([event]) => event)).toContain('state-update'))
  return { choose: (file: File) => userEvent.upload(inputOf(container), file) }
}

it('lists what our component took', async () => {
  const { choose } = await renderInProvider()

  await choose(fileOf('photo.jpg'))

  await screen.findByText('photo.jpg', { selector: '[aria-label="Of Uppy"] *' })
})

it('starts with Uppy’s button, and the hooks below our component follow', async () => {
  const { choose } = await renderInProvider()
  await choose(fileOf('photo.jpg'))

  await userEvent.click(await screen.findByRole('button', { name: 'Upload' }))

  await screen.findByText('1 uploaded')
  await screen.findByText('File uploaded', seen)
})
