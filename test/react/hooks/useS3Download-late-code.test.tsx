import { act, renderHook } from '@testing-library/react'
import { useS3Download } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { RuntimeProvider } from '../../../src/react/base/RuntimeContext.js'
import { startDownloads } from '../render-download.js'

const chunk = vi.hoisted(() => ({ isMissing: true, requests: 0 }))
vi.mock('../../../src/upload/endpoint/downloads.js', async (importOriginal) => {
  chunk.requests += 1
  if (chunk.isMissing) throw new TypeError('Failed to fetch dynamically imported module')
  return await importOriginal<object>()
})

const runtime = { ...systemRuntime, random: () => 0.5, sleep: vi.fn(async () => {}) }

function render() {
  const { result } = renderHook(() => useS3Download({ endpoint: '/api/s3' }), {
    wrapper: ({ children }) => <RuntimeProvider value={runtime}>{children}</RuntimeProvider>,
  })
  return result
}

it('fails when its code never comes, and a later click starts the download', async () => {
  const site = startDownloads()
  await site.put('files/a.pdf', 'the report')
  const hook = render()

  await act(() => hook.current.download({ key: 'files/a.pdf' }))

  expect(hook.current).toMatchObject({ status: 'failed', error: { code: 'code-not-loaded' } })
  expect(chunk.requests).toBe(3)
  expect(site.bodies).toEqual([])

  runtime.sleep.mockImplementationOnce(async () => {
    chunk.isMissing = false
  })
  await act(() => hook.current.download({ key: 'files/a.pdf' }))

  expect(hook.current).toMatchObject({ status: 'started', error: undefined })
  expect(site.followed).toHaveLength(1)
})
