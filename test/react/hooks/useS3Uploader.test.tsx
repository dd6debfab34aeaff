import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Uppy } from '@uppy/core'
import { Activity, StrictMode } from 'react'
import {
  S3Uploader,
  type S3UploaderOptions,
  useS3Uploader,
  useUploadRecord,
} from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { expect, it, vi } from 'vitest'
import { fileOf, holdTransfers, inputOf, startEndpoint, transferOf } from '../render-uploader.js'

function setUp(options: Partial<S3UploaderOptions> = {}) {
  const endpoint = startEndpoint()
  const all = {
    endpoint: '/api/s3',
    transport: endpoint.transport,
    ...options,
  } as S3UploaderOptions
  return { endpoint, options: all }
}

/** An instance of its own ends in a timer, so that StrictMode can save it. */
const timersOfUnmount = () => act(() => new Promise((resolve) => setTimeout(resolve, 1)))

const quiet = { debug() {}, warn() {}, error() {} }

it('uploads without markup of ours', async () => {
  const { options } = setUp()
  const { result } = renderHook(() => useS3Uploader(options))

  act(() =>
    result.current.addFiles([fileOf('a.txt'), { file: fileOf('b.txt'), relativePath: 'f/b.txt' }]),
  )

  await waitFor(() => expect(result.current.summary.counts.complete).toBe(2))
  expect(result.current.ids.map((id) => result.current.uploads.get(id)?.relativePath)).toEqual([
    undefined,
    'f/b.txt',
  ])
})

it('starts by hand, and tells of one completed upload', async () => {
  const { options } = setUp({ autoUpload: false })
  const { result } = renderHook(() => useS3Uploader(options))
  const complete = vi.fn()
  result.current.uppy.on('complete', complete)
  act(() => result.current.addFiles([fileOf('a.txt')]))

  act(() => result.current.upload())

  await waitFor(() => expect(result.current.summary.counts.complete).toBe(1))
  await waitFor(() => expect(complete).toHaveBeenCalledTimes(1))
  expect(complete.mock.calls[0]?.[0].successful).toHaveLength(1)
})

it('renders a file’s record alone', async () => {
  const { options, endpoint } = setUp()
  const held = holdTransfers(endpoint)
  const renders = { list: 0, a: 0, b: 0 }
  const Row = ({ id, name }: { id: string; name: 'a' | 'b' }) => {
    const file = useUploadRecord(uploader, id)
    renders[name] += 1
    return <p>{`${name} ${file?.status} ${file?.bytesUploaded}`}</p>
  }
  const { result } = renderHook(() => useS3Uploader(options))
  act(() => result.current.addFiles([fileOf('a', { size: 1000 }), fileOf('b', { size: 1000 })]))
  await waitFor(() => expect(held).toHaveLength(2))
  const uploader = result.current
  const [a = '', b = ''] = uploader.ids
  render([<Row key="a" id={a} name="a" />, <Row key="b" id={b} name="b" />])
  const before = renders.b

  await transferOf(held, 'a').progress(0.3)

  await screen.findByText('a uploading 300')
  expect(renders.b).toBe(before)
})

it('knows at once that a file is gone', async () => {
  const { options } = setUp({ autoUpload: false })
  const uploader = renderHook(() => useS3Uploader(options)).result
  act(() => uploader.current.addFiles([fileOf('a.txt')]))
  const [id = ''] = uploader.current.ids
  const { current } = uploader
  const file = renderHook(() => useUploadRecord(current, id)).result
  expect(file.current?.name).toBe('a.txt')

  act(() => current.remove(id))

  expect(file.current).toBeUndefined()
})

it('has one plugin and uploads once in StrictMode', async () => {
  const { options, endpoint } = setUp()
  const { result } = renderHook(() => useS3Uploader(options), { wrapper: StrictMode })

  await timersOfUnmount()
  act(() => result.current.addFiles([fileOf('a.txt')]))

  await waitFor(() => expect(result.current.summary.counts.complete).toBe(1))
  expect(endpoint.sent).toHaveLength(1)
  expect(result.current.uppy.getPlugin('S3DirectUpload')).toBeDefined()
})

it('has the plugin retry for as long as the option says', () => {
  const { options } = setUp({ retryBudgetSeconds: 900 })

  const { result } = renderHook(() => useS3Uploader(options))

  const plugin = result.current.uppy.getPlugin('S3DirectUpload')
  expect(plugin?.opts).toMatchObject({ retryBudgetSeconds: 900 })
})

it('works again after React has hidden it for a while', async () => {
  const { options } = setUp()
  const tree = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <S3Uploader {...options} endpoint="/api/s3" />
    </Activity>
  )
  const { container, rerender } = render(tree('visible'))
  rerender(tree('hidden'))
  await timersOfUnmount()

  rerender(tree('visible'))
  await userEvent.upload(inputOf(container), fileOf('a.txt'))

  await screen.findByText('Uploaded')
})

it('ends its own instance and the transfers with the component', async () => {
  const { options, endpoint } = setUp()
  const held = holdTransfers(endpoint)
  const { result, unmount } = renderHook(() => useS3Uploader(options))
  act(() => result.current.addFiles([fileOf('a.txt')]))
  await waitFor(() => expect(held).toHaveLength(1))

  unmount()

  await waitFor(() => expect(endpoint.sent[0]?.signal.aborted).toBe(true))
})

it('adds the plugin to an instance of the app, and leaves both alone when it unmounts', async () => {
  const { options, endpoint } = setUp()
  const held = holdTransfers(endpoint)
  const uppy = new Uppy({ autoProceed: true, logger: quiet })
  const { result, unmount } = renderHook(() => useS3Uploader({ ...options, uppy }))
  await act(async () => {})
  act(() => result.current.addFiles([fileOf('a.txt')]))
  await waitFor(() => expect(held).toHaveLength(1))

  unmount()
  await timersOfUnmount()
  await held[0]?.finish()

  await waitFor(() => expect(result.current.uploads.summary.counts.complete).toBe(1))
  expect(endpoint.sent[0]?.signal.aborted).toBe(false)
})

it('shows what the app’s instance has been doing before', async () => {
  const { endpoint } = setUp()
  const uppy = new Uppy({ autoProceed: false, logger: quiet })
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport: endpoint.transport })
  uppy.addFile(fileOf('a.txt'))
  await uppy.upload()

  render(<S3Uploader uppy={uppy} />)

  expect(screen.getByText('Uploaded')).toBeVisible()
})

it.each([
  [{ maxFileSize: 5 }, 'maxFileSize'],
  [{ accept: 'image/*' }, 'accept'],
  [{ maxFiles: 2, multiple: false }, 'maxFiles`, `multiple'],
  [{ autoUpload: true }, 'autoUpload'],
])('refuses %j beside an instance of the app, and says the way out', (conflicting, named) => {
  const { options } = setUp()
  const uppy = new Uppy()
  vi.mocked(console.error).mockImplementation(() => {})

  expect(() => renderHook(() => useS3Uploader({ ...options, uppy, ...conflicting }))).toThrow(
    `s3-direct-upload: \`${named}\` cannot be given together with \`uppy\``,
  )
})

it('takes an option that says the same as the app’s instance', () => {
  const { options } = setUp()
  const uppy = new Uppy({
    restrictions: { maxFileSize: 10_000_000, allowedFileTypes: ['image/*'] },
  })

  const same = { maxFileSize: '10MB', accept: 'image/*', autoUpload: false }
  const { result } = renderHook(() => useS3Uploader({ ...options, uppy, ...same }))

  expect(result.current.getInputProps().accept).toBe('image/*')
})

it('says that the endpoint is missing when nobody else brings the plugin', () => {
  vi.mocked(console.error).mockImplementation(() => {})

  expect(() => renderHook(() => useS3Uploader({ uppy: new Uppy() }))).toThrow(
    /no `endpoint` is given.*`\/api\/s3`/,
  )
})

it('forgets metadata that is no longer given', async () => {
  const { options, endpoint } = setUp()
  const { result, rerender } = renderHook(
    (metadata: Record<string, string>) => useS3Uploader({ ...options, metadata }),
    { initialProps: { album: '7', owner: 'me' } as Record<string, string> },
  )

  rerender({ owner: 'you' })
  act(() => result.current.addFiles([fileOf('a.txt')]))

  await waitFor(() => expect(endpoint.signRequests).toHaveLength(1))
  expect(endpoint.signRequests[0]?.[0]?.metadata).toEqual({ owner: 'you' })
})

it('joins its props with those of the app', async () => {
  const { options } = setUp()
  const { result } = renderHook(() => useS3Uploader(options))
  const onClick = vi.fn()
  const ref = vi.fn()

  render(
    <button {...result.current.getTriggerProps({ onClick, ref, className: 'mine' })}>Go</button>,
  )
  screen.getByRole('button', { name: 'Go' }).click()

  expect(onClick).toHaveBeenCalledOnce()
  expect(ref).toHaveBeenCalledWith(screen.getByRole('button'))
})

it.each(['its own instance', 'an instance of the app'])(
  'asks the latest `onUnauthorized` and goes on, with %s',
  async (whose) => {
    const { options } = setUp()
    const uppy = whose === 'its own instance' ? undefined : new Uppy({ logger: quiet })
    const own = uppy ? {} : { autoUpload: true }
    const { fetch } = globalThis
    let isSignedIn = false
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      isSignedIn ? fetch(url, init) : Promise.resolve(new Response('', { status: 401 })),
    )
    const stale = vi.fn()
    const { result, rerender } = renderHook(
      (onUnauthorized: () => void) => useS3Uploader({ ...options, ...own, uppy, onUnauthorized }),
      { initialProps: stale },
    )
    const latest = vi.fn(() => {
      isSignedIn = true
    })
    rerender(latest)
    await act(async () => {})

    act(() => result.current.addFiles([fileOf('a.txt'), fileOf('b.txt')]))
    act(() => result.current.upload())

    await waitFor(() => expect(result.current.summary.counts.complete).toBe(2))
    expect(latest).toHaveBeenCalledTimes(1)
    expect(stale).not.toHaveBeenCalled()
  },
)

it('sends no checksums when told so, and warns before the page is left when told so', async () => {
  const { options, endpoint } = setUp()
  const held = holdTransfers(endpoint)
  const { result, rerender } = renderHook(
    (changed: Partial<S3UploaderOptions>) => useS3Uploader({ ...options, ...changed }),
    { initialProps: { checksum: false } as Partial<S3UploaderOptions> },
  )
  act(() => result.current.addFiles([fileOf('a.txt')]))
  await waitFor(() => expect(held).toHaveLength(1))
  const leave = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

  expect(endpoint.signRequests[0]?.[0]).not.toHaveProperty('checksum')
  expect(leave()).toBe(true)
  rerender({ checksum: true, warnOnLeave: true })
  expect(leave()).toBe(false)
  act(() => result.current.addFiles([fileOf('b.txt')]))
  await waitFor(() => expect(endpoint.signRequests).toHaveLength(2))
  expect(endpoint.signRequests[1]?.[0]).toHaveProperty('checksum')
})

it('has all actions in one object, which stays the same', () => {
  const { options } = setUp()
  const { result, rerender } = renderHook((changed: Partial<S3UploaderOptions>) =>
    useS3Uploader({ ...options, ...changed }),
  )
  const { actions } = result.current

  rerender({ maxFiles: 3, headers: {} })

  expect(result.current.actions).toBe(actions)
  expect(result.current).toMatchObject(actions)
})

it('asks another endpoint when the prop has changed', async () => {
  const { options } = setUp()
  const { fetch } = globalThis
  const asked = vi.fn()
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked(url)
    return fetch(url, init)
  })
  const { result, rerender } = renderHook(
    (endpoint: string) => useS3Uploader({ ...options, endpoint }),
    { initialProps: '/api/s3' },
  )

  rerender('/api/other')
  act(() => result.current.addFiles([fileOf('a.txt')]))

  await waitFor(() => expect(result.current.summary.counts.complete).toBe(1))
  expect(new Set(asked.mock.calls.flat())).toEqual(new Set(['/api/other']))
})

it('says once that the plugin of the app’s instance reads an option no more', () => {
  const warn = vi.mocked(console.warn).mockImplementation(() => {})
  const uppy = new Uppy().use(S3DirectUpload, {
    endpoint: '/api/s3',
    concurrency: 2,
    resume: false,
  })
  const { rerender } = renderHook(
    (concurrency: number) => useS3Uploader({ uppy, concurrency, resume: false }),
    { initialProps: 2 },
  )
  expect(warn).not.toHaveBeenCalled()

  rerender(3)
  rerender(4)

  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/`concurrency` has no effect any more.*with an `uppy` of yours/)],
  ])
  expect(uppy.getPlugin('S3DirectUpload')?.opts).toMatchObject({ concurrency: 2 })
})

it('names the endpoint that has gone', () => {
  const { options } = setUp()
  vi.mocked(console.error).mockImplementation(() => {})
  const { rerender } = renderHook(
    (endpoint: string | undefined) => useS3Uploader({ ...options, endpoint }),
    { initialProps: '/api/s3' as string | undefined },
  )

  expect(() => rerender(undefined)).toThrow('endpoint is undefined: give the URL')
})
