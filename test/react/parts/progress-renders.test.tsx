import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler, type ReactNode } from 'react'
import { Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { fileOf, holdTransfers, inputOf, startEndpoint, transferOf } from '../render-uploader.js'

it('progress of one file renders its row and the summary, and nothing else', async () => {
  const endpoint = startEndpoint()
  const held = holdTransfers(endpoint)
  let renders: string[] = []
  const counted = (id: string, children: ReactNode) => (
    <Profiler id={id} onRender={() => renders.push(id)}>
      {children}
    </Profiler>
  )
  const { container } = render(
    counted(
      'root',
      <Uploader.Root endpoint="/api/s3" transport={endpoint.transport} name="files" required>
        {counted(
          'zone',
          <Uploader.Dropzone>
            <Uploader.Trigger />
          </Uploader.Dropzone>,
        )}
        {counted('summary', <Uploader.Summary />)}
        <Uploader.List>{({ id, name }) => counted(name, <Uploader.Item id={id} />)}</Uploader.List>
      </Uploader.Root>,
    ),
  )
  await userEvent.upload(inputOf(container), [
    fileOf('a.txt', { size: 1000 }),
    fileOf('b.txt', { size: 1000 }),
  ])
  await waitFor(() => expect(held).toHaveLength(2))
  await transferOf(held, 'a.txt').progress(0.1)
  await transferOf(held, 'b.txt').progress(0.1)
  await waitFor(() => expect(screen.getAllByText('Uploading 10%')).toHaveLength(2))
  renders = []

  await transferOf(held, 'a.txt').progress(0.5)
  await waitFor(() => expect(renders).toContain('a.txt'))
  await waitFor(() => expect(renders).toContain('summary'))

  // What is around hears of renders within it.
  expect(new Set(renders)).toEqual(new Set(['a.txt', 'summary', 'root']))
})
