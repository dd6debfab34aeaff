import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { S3Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { type Runtime, systemRuntime } from '../../../src/async/runtime.js'
import { RuntimeProvider } from '../../../src/react/base/RuntimeContext.js'
import { fileOf, inputOf, startEndpoint } from '../render-uploader.js'

it('gives hooks, plugin and store their timers', async () => {
  const { transport } = startEndpoint()
  const delays: number[] = []
  const setTimer: Runtime['setTimer'] = (callback, delayMs) => {
    delays.push(delayMs)
    return systemRuntime.setTimer(callback, delayMs)
  }
  const { container, unmount } = render(
    <RuntimeProvider value={{ ...systemRuntime, setTimer }}>
      <S3Uploader endpoint="/api/s3" transport={transport} />
    </RuntimeProvider>,
  )

  await userEvent.upload(inputOf(container), fileOf('a.txt'))
  await screen.findByText('Uploaded')
  unmount()

  // The announcer gathers for half a second, the store for a tenth, and the instance ends in a task of its own.
  await waitFor(() => expect(delays).toEqual(expect.arrayContaining([500, 100, 0])))
})
