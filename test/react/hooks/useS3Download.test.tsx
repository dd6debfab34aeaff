import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { useS3Download } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { type Runtime, systemRuntime } from '../../../src/async/runtime.js'
import { RuntimeProvider } from '../../../src/react/base/RuntimeContext.js'
import { startDownloads } from '../render-download.js'

const render = () => renderHook(() => useS3Download({ endpoint: '/api/s3' })).result

it('gives URLs, for pictures and players', async () => {
  const site = startDownloads()
  await site.put('files/a.png', 'a picture', { 'content-type': 'image/png' })
  const hook = render()

  const url = await hook.current.getUrl({ key: 'files/a.png', disposition: 'inline' })

  expect(await site.textBehind(url)).toMatchObject({ text: 'a picture' })
  expect(hook.current.status).toBe('ready')
})

it('rejects for a URL that is refused', async () => {
  startDownloads({ authorizeDownload: () => false })

  await expect(render().current.getUrl({ key: 'files/a.png' })).rejects.toMatchObject({
    name: 'EndpointError',
    code: 'forbidden',
  })
})

it('downloads several files, and tells how the latest one went', async () => {
  const site = startDownloads({ authorizeDownload: ({ key }) => key !== 'files/no' })
  await site.put('files/yes')
  const hook = render()

  let began: boolean[] = []
  await act(async () => {
    const files = [{ key: 'files/yes' }, { key: 'files/no' }]
    const downloads = files.map((file) => hook.current.download(file))
    began = await Promise.all(downloads)
  })

  expect(began).toEqual([true, false])
  expect(site.bodies).toHaveLength(1)
  expect(hook.current).toMatchObject({ status: 'failed', error: { code: 'forbidden' } })
  await act(() => hook.current.download({ key: 'files/yes' }))
  await waitFor(() => expect(hook.current.status).toBe('started'))
  expect(hook.current.error).toBeUndefined()
})

it('keeps its functions from render to render', () => {
  startDownloads()
  const { result, rerender } = renderHook(() => useS3Download({ endpoint: '/api/s3' }))
  const { download, getUrl } = result.current

  rerender()

  expect(result.current.download).toBe(download)
  expect(result.current.getUrl).toBe(getUrl)
})

it('takes its timers from the runtime of the page', async () => {
  const site = startDownloads()
  await site.put('files/a')
  let timers = 0
  const setTimer: Runtime['setTimer'] = (callback, delayMs) => {
    timers += 1
    return systemRuntime.setTimer(callback, delayMs)
  }
  const runtime = { ...systemRuntime, setTimer }
  const wrapper = ({ children }: { children: ReactNode }) => (
    <RuntimeProvider value={runtime}>{children}</RuntimeProvider>
  )
  const options = { endpoint: '/api/s3' }
  const hooks = [0, 1].map(() => renderHook(() => useS3Download(options), { wrapper }).result)

  await Promise.all(hooks.map((hook) => hook.current.getUrl({ key: 'files/a' })))

  expect(timers).toBeGreaterThan(0)
  // One signer for the runtime: files asked for at the same moment share a request.
  expect(site.bodies).toHaveLength(1)
})
