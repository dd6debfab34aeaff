import { act, renderHook, screen, waitFor, within } from '@testing-library/react'
import { Uppy } from '@uppy/core'
import { useS3Uploader } from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { describe, expect, it } from 'vitest'
import { created, s3Refusal } from '../support/scripted-endpoint.js'
import { fileOf, holdTransfers, renderUploader, seen, startEndpoint } from './render-uploader.js'

const button = (name: string) => screen.getByRole('button', { name })
const findButton = (name: string) => screen.findByRole('button', { name })

describe('a file', () => {
  it('is paused and goes on by one button, which keeps the focus', async () => {
    const { choose, endpoint, user } = renderUploader()
    const held = holdTransfers(endpoint)
    await choose(fileOf('a.txt', { size: 1000 }))
    await waitFor(() => expect(held).toHaveLength(1))
    await held[0]?.progress(0.5)

    await user.click(button('Pause upload: a.txt'))
    await within(screen.getByRole('listitem')).findByText('Paused 50%')
    expect(button('Resume upload: a.txt')).toHaveFocus()
    expect(endpoint.sent[0]?.signal.aborted).toBe(true)

    await user.keyboard('{Enter}')
    await waitFor(() => expect(held).toHaveLength(2))
    await held[1]?.finish()
    await screen.findByText('Uploaded')
  })

  it('waits its turn paused as well', async () => {
    const { choose, endpoint, user } = renderUploader({ concurrency: 1 })
    const held = holdTransfers(endpoint)
    await choose(fileOf('a.txt'), fileOf('b.txt'))
    await waitFor(() => expect(held).toHaveLength(1))

    const waiting = held[0]?.name === 'a.txt' ? 'b.txt' : 'a.txt'
    await user.click(button(`Pause upload: ${waiting}`))
    await findButton(`Resume upload: ${waiting}`)
    await held[0]?.finish()

    await screen.findByText('1 of 2 files uploaded', seen)
    expect(held).toHaveLength(1)
  })

  it('that is complete, failed or not started has no such button', async () => {
    const { choose, endpoint } = renderUploader({ autoUpload: false })
    await choose(fileOf('a.txt'))

    expect(screen.queryByRole('button', { name: /Pause|Resume/ })).not.toBeInTheDocument()
    expect(endpoint.sent).toEqual([])
  })
})

describe('all files', () => {
  it('are paused and go on by one button, which keeps the focus', async () => {
    const { choose, endpoint, user } = renderUploader()
    const held = holdTransfers(endpoint)
    await choose(fileOf('a.txt'), fileOf('b.txt'))
    await waitFor(() => expect(held).toHaveLength(2))

    await user.click(await findButton('Pause all'))
    expect(await findButton('Resume all')).toHaveFocus()
    expect(screen.getAllByRole('button', { name: /^Resume upload/ })).toHaveLength(2)
    expect(screen.getByText('Paused', { selector: '.s3u-summary *' })).toBeVisible()

    await user.keyboard('{Enter}')
    await waitFor(() => expect(held).toHaveLength(4))
    for (const transfer of held.slice(2)) await transfer.finish()
    await screen.findByText('All 2 files uploaded', seen)
  })

  it('have no such button when there is only one', async () => {
    const { choose, endpoint } = renderUploader()
    const held = holdTransfers(endpoint)

    await choose(fileOf('a.txt'))

    await waitFor(() => expect(held).toHaveLength(1))
    expect(screen.queryByRole('button', { name: 'Pause all' })).not.toBeInTheDocument()
  })

  it('leave a failed one failed, and it can be retried', async () => {
    const { choose, endpoint, user } = renderUploader()
    endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
    await choose(fileOf('bad.txt'))
    await screen.findByText('Not uploaded')
    const held = holdTransfers(endpoint)
    await choose(fileOf('a.txt'), fileOf('b.txt'))
    await waitFor(() => expect(held).toHaveLength(2))

    await user.click(await findButton('Pause all'))
    await user.click(await findButton('Resume all'))
    await waitFor(() => expect(held).toHaveLength(4))

    expect(screen.getByText('Not uploaded')).toBeVisible()
    await user.click(button('Try again: bad.txt'))
    await waitFor(() => expect(held).toHaveLength(5))
    expect(held[4]?.name).toBe('bad.txt')
  })
})

describe('the actions', () => {
  function setUp() {
    const endpoint = startEndpoint()
    const { transport } = endpoint
    const uppy = new Uppy({ logger: { debug() {}, warn() {}, error() {} } })
    uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport, autoUpload: true })
    const { result } = renderHook(() => useS3Uploader({ uppy }))
    const add = (...names: string[]) => {
      act(() => result.current.addFiles(names.map((name) => fileOf(name))))
      return result.current.ids
    }
    const statusOf = (id: string) => result.current.uploads.get(id)?.status
    return { endpoint, uppy, result, add, statusOf }
  }

  it('leave Uppy in step, however often they are called', async () => {
    const { endpoint, uppy, result, add, statusOf } = setUp()
    const held = holdTransfers(endpoint)
    const [id = ''] = add('a.txt')
    await waitFor(() => expect(held).toHaveLength(1))

    act(() => result.current.resume(id))
    expect(uppy.getFile(id).isPaused).toBeFalsy()
    act(() => {
      result.current.pause(id)
      result.current.pause(id)
    })
    await waitFor(() => expect(statusOf(id)).toBe('paused'))
    expect(uppy.getFile(id).isPaused).toBe(true)
    act(() => {
      result.current.resume(id)
      result.current.resume(id)
    })

    await waitFor(() => expect(held).toHaveLength(2))
    expect(uppy.getFile(id).isPaused).toBe(false)
  })

  it('pause a file that still waits for its signature', async () => {
    const { endpoint, result, add, statusOf } = setUp()
    let sign = () => {}
    endpoint.onSign = () =>
      new Promise((resolve) => {
        sign = resolve
      })
    const [id = ''] = add('a.txt')
    await waitFor(() => expect(endpoint.signRequests).toHaveLength(1))

    act(() => {
      result.current.pause(id)
      result.current.pause(id)
    })
    await act(async () => sign())

    await waitFor(() => expect(statusOf(id)).toBe('paused'))
    expect(endpoint.sent).toEqual([])
  })

  it('do nothing to files that are complete or gone', async () => {
    const { endpoint, uppy, result, add, statusOf } = setUp()
    endpoint.onSend = async (_request, store) => {
      store()
      return created
    }
    const [id = ''] = add('a.txt')
    await waitFor(() => expect(statusOf(id)).toBe('complete'))

    act(() => {
      result.current.pause(id)
      result.current.pause('gone')
      result.current.resume('gone')
      result.current.continueInterrupted('gone')
    })

    expect(uppy.getFile(id).isPaused).toBeFalsy()
    expect(result.current.rejected).toEqual([])
  })
})
