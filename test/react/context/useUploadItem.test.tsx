import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import {
  Uploader,
  type UploadItem,
  useAnnounce,
  useS3Uploader,
  useTexts,
  useUploader,
  useUploadItem,
} from 's3-direct-upload'
import { expect, it } from 'vitest'
import {
  fileOf,
  holdTransfers,
  inputOf,
  renderUploader,
  startEndpoint,
  transferOf,
} from '../render-uploader.js'

/** A row of the app's own elements, from the hook alone. */
function Row({ item }: { readonly item: UploadItem }) {
  return (
    <li {...item.getItemProps()}>
      {item.text.name.join('|')} {item.text.status}
      <progress {...item.getProgressProps()} />
      <button {...item.getActionProps('pause')}>main</button>
      <button {...item.getActionProps('remove')}>x</button>
    </li>
  )
}

it('gives a row of one’s own its words, its state and its buttons', async () => {
  const endpoint = startEndpoint()
  const { transport } = endpoint
  const held = holdTransfers(endpoint)
  const uploads: { current?: ReturnType<typeof useS3Uploader> } = {}
  function Own({ id }: { readonly id: string }) {
    const item = useUploadItem(uploads.current!, id)
    return item ? <Row item={item} /> : null
  }
  function Page() {
    const uploader = useS3Uploader({ endpoint: '/api/s3', transport })
    uploads.current = uploader
    return (
      <div {...uploader.getDropzoneProps()}>
        <input {...uploader.getInputProps()} />
        <ul>
          {uploader.ids.map((id) => (
            <Own key={id} id={id} />
          ))}
        </ul>
      </div>
    )
  }
  const { container } = render(<Page />)
  await userEvent.upload(inputOf(container), fileOf('letters-to-anna.txt', { size: 1000 }))
  await waitFor(() => expect(held).toHaveLength(1))
  await transferOf(held, 'letters-to-anna.txt').progress(0.5)

  const row = await screen.findByText(/letters-t\|o-anna\.txt Uploading 50%/)
  expect(row).toHaveAccessibleName('letters-to-anna.txt 1 kB · Uploading 50%')
  expect(row.dataset).toMatchObject({ status: 'uploading', kind: 'document' })
  await userEvent.click(screen.getByRole('button', { name: 'Pause upload: letters-to-anna.txt' }))
  await userEvent.click(
    await screen.findByRole('button', { name: 'Resume upload: letters-to-anna.txt' }),
  )
  await userEvent.click(screen.getByRole('button', { name: 'Cancel upload: letters-to-anna.txt' }))

  await waitFor(() => expect(screen.queryByRole('listitem')).not.toBeInTheDocument())
})

it('is undefined for a file that is gone, and acts within S3Uploader', async () => {
  const seen: (string | undefined)[] = []
  function Last({ id }: { readonly id: string }) {
    const item = useUploadItem(id)
    seen.push(item?.file.name)
    return (
      <button type="button" onClick={() => item?.remove()}>
        Last
      </button>
    )
  }
  function Child() {
    const [id = ''] = useUploader().ids
    return <Last id={id} />
  }
  const { choose, user } = renderUploader({ children: <Child /> })
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(seen.at(-1)).toBe('a.txt'))

  await user.click(screen.getByText('Last'))

  await waitFor(() => expect(seen.at(-1)).toBeUndefined())
})

it('useTexts writes in the words of the locale, useAnnounce speaks in the one live region', async () => {
  const { transport } = startEndpoint()
  function Child() {
    const { t, bytes, percent, duration, list, explain } = useTexts()
    const announce = useAnnounce()
    const words = [t('removeAll'), bytes(1500), percent(0.5), duration(90), list(['a', 'b'])]
    const sentence = explain({ code: 'network', message: '' })
    return (
      <button
        type="button"
        onClick={() => {
          announce('Sorted.')
          announce('By name.')
        }}
      >
        {[...words, sentence].join('; ')}
      </button>
    )
  }
  render(
    <Uploader.Root
      endpoint="/api/s3"
      transport={transport}
      locale={{ strings: { removeAll: 'Alle entfernen' } }}
    >
      <Child />
    </Uploader.Root>,
  )

  const button = screen.getByRole('button')
  expect(button).toHaveTextContent(
    'Alle entfernen; 1.5 kB; 50%; 2 min; a, b; The connection was lost. Check your internet connection and try again.',
  )
  await act(async () => button.click())
  expect(screen.getByRole('status')).toHaveTextContent('Sorted.By name.')
  await act(async () => button.click())
  expect(screen.getAllByRole('status')).toHaveLength(1)
})
