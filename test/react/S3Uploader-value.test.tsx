import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { S3Uploader, type StoredFile, useS3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { created } from '../support/scripted-endpoint.js'
import { fileOf, holdTransfers, inputOf, startEndpoint } from './render-uploader.js'

const beach: StoredFile = { key: 'u/1/beach.jpg', name: 'beach.jpg' }
const notes: StoredFile = { key: 'u/2/notes.txt', name: 'notes.txt' }

const names = (files: readonly StoredFile[]) => files.map(({ name }) => name)
const rows = () => screen.queryAllByRole('listitem').map((row) => row.getAttribute('aria-label'))

/** An app that holds the value, and notes what it is told. */
function renderControlled(first: readonly StoredFile[] = []) {
  const endpoint = startEndpoint()
  const told: [readonly string[], string, string | undefined][] = []
  let set: (files: readonly StoredFile[]) => void = () => {}
  function App() {
    const [files, setFiles] = useState(first)
    set = setFiles
    return (
      <form>
        <S3Uploader
          endpoint="/api/s3"
          transport={endpoint.transport}
          value={files}
          onValueChange={(value, { reason, file }) => {
            told.push([names(value), reason, file?.name])
            setFiles(value)
          }}
        />
        <output>{names(files).join()}</output>
        <button type="reset">Reset</button>
      </form>
    )
  }
  const { container } = render(<App />)
  const user = userEvent.setup()
  const choose = (...files: File[]) => user.upload(inputOf(container), files)
  return {
    endpoint,
    told,
    user,
    choose,
    set: (files: readonly StoredFile[]) => act(() => set(files)),
  }
}

it('tells of three files that end in one task with one value of three', async () => {
  const { endpoint, told, choose } = renderControlled()
  const ends: (() => void)[] = []
  endpoint.onSend = (_, store) =>
    new Promise((resolve) => {
      ends.push(() => {
        store()
        resolve(created)
      })
    })
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))
  await waitFor(() => expect(ends).toHaveLength(3))

  await act(async () => {
    for (const end of ends) end()
  })

  await waitFor(() => expect(told.at(-1)?.[0]).toHaveLength(3))
  expect(told).toEqual([[['a.txt', 'b.txt', 'c.txt'], 'complete', undefined]])
})

it('gives each file of the value its receipt and what the server returned', async () => {
  const onValueChange = vi.fn()
  const endpoint = startEndpoint()
  const { container } = render(
    <S3Uploader endpoint="/api/s3" transport={endpoint.transport} onValueChange={onValueChange} />,
  )

  await userEvent.upload(inputOf(container), fileOf('a.txt'))

  await waitFor(() => expect(onValueChange).toHaveBeenCalled())
  expect(onValueChange.mock.calls[0]?.[0]).toMatchObject([
    { key: 'uploads/1/a.txt', name: 'a.txt', size: 5, type: 'text/plain', receipt: 'r-1:a.txt:5' },
  ])
})

it('shows what appears in the value of the app, and lets go of what vanishes', async () => {
  const { endpoint, told, set } = renderControlled([beach])

  set([beach, notes])
  expect(rows()).toEqual(['beach.jpg Stored', 'notes.txt Stored'])
  set([notes])
  expect(rows()).toEqual(['notes.txt Stored'])
  set([{ ...notes, name: 'renamed.txt' }])
  expect(rows()).toEqual(['renamed.txt Stored'])

  await act(async () => {})
  expect(told).toEqual([])
  expect(endpoint.signRequests).toEqual([])
})

it('is emptied by an empty value, without a word of removal, and keeps what is under way', async () => {
  const { endpoint, told, choose, set } = renderControlled()
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(told).toHaveLength(1))
  holdTransfers(endpoint)
  await choose(fileOf('b.txt'))
  await waitFor(() => expect(rows()).toHaveLength(2))
  const asked = vi.spyOn(globalThis, 'fetch')

  set([])

  expect(rows()).toEqual([expect.stringMatching(/^b\.txt/)])
  await act(async () => {})
  expect(told).toHaveLength(1)
  expect(JSON.stringify(asked.mock.calls)).not.toContain('abort')
})

it('tells of a removal, and takes it into the value', async () => {
  const { told, user } = renderControlled([beach, notes])

  await user.click(screen.getByRole('button', { name: 'Remove file: beach.jpg' }))

  expect(told).toEqual([[['notes.txt'], 'remove', 'beach.jpg']])
  expect(rows()).toEqual(['notes.txt Stored'])
})

it('stays as it is when the form is reset, where the app holds the value', async () => {
  const { told, user, choose } = renderControlled([beach])
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(told).toHaveLength(1))

  await user.click(screen.getByRole('button', { name: 'Reset' }))

  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(rows()).toEqual(['beach.jpg Stored', expect.stringMatching(/^a\.txt .*Uploaded/)])
})

it('goes back to its first value when the form is reset', async () => {
  const endpoint = startEndpoint()
  const onValueChange = vi.fn()
  const { container } = render(
    <form>
      <S3Uploader
        endpoint="/api/s3"
        transport={endpoint.transport}
        defaultValue={[beach, notes]}
        onValueChange={onValueChange}
      />
      <button type="reset">Reset</button>
    </form>,
  )
  const user = userEvent.setup()
  await user.upload(inputOf(container), fileOf('a.txt'))
  await waitFor(() => expect(onValueChange).toHaveBeenCalledTimes(1))
  holdTransfers(endpoint)
  await user.upload(inputOf(container), fileOf('b.txt'))
  await user.click(screen.getByRole('button', { name: 'Remove file: beach.jpg' }))

  await user.click(screen.getByRole('button', { name: 'Reset' }))

  await waitFor(() => expect(onValueChange).toHaveBeenCalledTimes(3))
  expect(rows().sort()).toEqual(['beach.jpg Stored', 'notes.txt Stored'])
  const [value, { reason }] = onValueChange.mock.calls[2] ?? []
  expect([names(value).sort(), reason]).toEqual([['beach.jpg', 'notes.txt'], 'reset'])
})

it('has its value and a way to set it in the hook', async () => {
  const onValueChange = vi.fn()
  const { transport } = startEndpoint()
  const { result } = renderHook(() =>
    useS3Uploader({ endpoint: '/api/s3', transport, defaultValue: [beach], onValueChange }),
  )
  expect(result.current.value).toEqual([beach])

  await act(async () => result.current.setValue([]))

  expect(result.current.value).toEqual([])
  expect(onValueChange.mock.calls).toEqual([[[], { reason: 'reset', file: beach }]])
})

it('takes an upload that comes back without its receipt for a stored file', async () => {
  const { told, choose, set } = renderControlled()
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(told).toHaveLength(1))

  set([{ key: 'uploads/1/a.txt', name: 'a.txt' }])

  expect(rows()).toEqual(['a.txt Stored'])
  await act(async () => {})
  expect(told).toHaveLength(1)
})

it('takes a reset that changes nothing for no reason of what comes later', async () => {
  const onValueChange = vi.fn()
  const { transport } = startEndpoint()
  const { result } = renderHook(() =>
    useS3Uploader({ endpoint: '/api/s3', transport, defaultValue: [beach], onValueChange }),
  )
  await act(async () => result.current.setValue([beach]))
  expect(onValueChange).not.toHaveBeenCalled()

  await act(async () => result.current.remove(result.current.ids[0] ?? ''))

  expect(onValueChange.mock.calls).toEqual([[[], { reason: 'remove', file: beach }]])
})
