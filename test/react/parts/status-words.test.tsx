import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler } from 'react'
import { Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { RuntimeProvider } from '../../../src/react/base/RuntimeContext.js'
import { bindToBytes, s3Refusal } from '../../support/scripted-endpoint.js'
import { fileOf, inputOf, renderUploader, startEndpoint } from '../render-uploader.js'

it('counts the seconds until a file is tried again, and renders nothing but the status for it', async () => {
  const endpoint = startEndpoint()
  endpoint.onSend = async () => s3Refusal(503, 'SlowDown')
  const renders: string[] = []
  const { container } = render(
    <RuntimeProvider value={{ ...systemRuntime, random: () => 0.999 }}>
      <Uploader.Root endpoint="/api/s3" transport={endpoint.transport}>
        <Uploader.List>
          {({ id }) => (
            <Uploader.Item id={id}>
              <Profiler id="name" onRender={() => renders.push('name')}>
                <Uploader.Name />
              </Profiler>
              <Uploader.Status />
              <Uploader.ItemFacts />
            </Uploader.Item>
          )}
        </Uploader.List>
      </Uploader.Root>
    </RuntimeProvider>,
  )
  await userEvent.upload(inputOf(container), fileOf('a.txt'))
  const status = () => container.querySelector('[data-part=status]')?.textContent ?? ''
  await waitFor(() => expect(status()).toMatch(/^Trying again in [2-9] sec$/), { timeout: 5000 })
  const first = status()
  const rendersBefore = renders.length
  const row = screen.getByRole('listitem')
  expect(row).toHaveAttribute('data-reason', 'retry')
  expect(row).toHaveAccessibleName(/Trying again$/)

  await waitFor(() => expect(status()).not.toBe(first), { timeout: 2000 })

  expect(status()).toMatch(/^Trying again in \d sec$/)
  expect(container.querySelector('[data-part=itemFacts]')).toHaveTextContent(status())
  expect(renders).toHaveLength(rendersBefore)
})

it.each([
  [true, 'Uploaded and verified'],
  [false, 'Uploaded'],
])('with showVerified %s says of compared bytes: %s', async (showVerified, words) => {
  const { choose, endpoint } = renderUploader({ showVerified })
  bindToBytes(endpoint)

  await choose(fileOf('a.txt'))

  await waitFor(() =>
    expect(screen.getByRole('listitem')).toHaveAccessibleName(new RegExp(`· ${words}$`)),
  )
})
