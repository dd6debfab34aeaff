import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import {
  choose,
  contract,
  dropFilm,
  fileOf,
  photo,
  recording,
  song,
} from './support/example-files.js'
import { goOffline } from './support/go-offline.js'
import { HeadlessUploader } from './support/HeadlessUploader.js'
import { RevisitedPage } from './support/RevisitedPage.js'
import {
  busyEndpoint,
  busyLine,
  endpoint,
  fastLine,
  filmLine,
  msw,
  refusingLine,
  slowLine,
  unreachableEndpoint,
} from './support/test-back-end.js'

const meta = {
  title: 'S3Uploader',
  component: S3Uploader,
  args: { endpoint, transport: fastLine },
  argTypes: { theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] } },
  parameters: { msw },
  decorators: [
    (Story) => (
      <div style={{ maxInlineSize: '40rem', marginInline: 'auto' }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof S3Uploader>

export default meta
type Story = StoryObj<Extract<S3UploaderProps, { readonly endpoint: string }>>

export const Empty: Story = {
  args: { accept: 'image/*,.pdf', maxFileSize: '10MB', maxFiles: 20 },
}

export const DragOver: Story = {
  async play({ canvas }) {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(photo())

    const drag = new DragEvent('dragenter', { bubbles: true, dataTransfer })
    canvas.getByRole('button').dispatchEvent(drag)

    await expect(await canvas.findByText('Let go to add 1 file')).toBeVisible()
  },
}

export const Uploading: Story = {
  args: { transport: slowLine },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo(), song())

    for (const name of ['Progress of rehearsal.mp3', 'Progress of all files']) {
      await expect(await canvas.findByRole('progressbar', { name })).toBeVisible()
    }
  },
}

export const Paused: Story = {
  args: { transport: slowLine },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), song())
    await canvas.findByText(/Uploading [1-9]/, { selector: 'li:last-child *' })

    await userEvent.click(canvas.getByRole('button', { name: 'Pause upload: rehearsal.mp3' }))

    await expect(
      await canvas.findByRole('button', { name: 'Resume upload: rehearsal.mp3' }),
    ).toHaveFocus()
  },
}

export const PauseAll: Story = {
  args: { transport: slowLine },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo(), song())
    await canvas.findAllByText(/Uploading [1-9]/)

    await userEvent.click(canvas.getByRole('button', { name: 'Pause all' }))

    await expect(await canvas.findByRole('button', { name: 'Resume all' })).toHaveFocus()
    await expect(canvas.getAllByText(/^Paused /)).toHaveLength(3)
  },
}

/** Large files go in parts; after a reload or a crash they go on where they stopped. */
export const Interrupted: Story = {
  args: { transport: filmLine },
  render: (args) => <RevisitedPage {...args} />,
  async play({ canvas, canvasElement }) {
    await dropFilm(canvasElement)
    await choose(canvasElement, recording())
    await waitFor(() => expect(canvas.getAllByText(/Uploading [1-9]/)).toHaveLength(2), {
      timeout: 10_000,
    })

    await userEvent.click(canvas.getByRole('button', { name: 'Leave the page' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Visit the page again' }))

    const list = await canvas.findByRole('list', { name: /not finished last time$/ })
    await expect(within(list).getAllByRole('button', { name: /^Discard/ })).toHaveLength(2)
    await expect(within(list).getAllByRole('button', { name: /^Continue/ })).toHaveLength(1)
    await expect(within(list).getByText('Choose this file again to go on')).toBeVisible()
  },
}

/** A file that was dropped in Chromium can be opened again, so that one click goes on with it. */
export const ResumeAfterReload: Story = {
  args: { transport: filmLine, concurrency: 1 },
  render: (args) => <RevisitedPage {...args} />,
  async play({ canvas, canvasElement }) {
    await dropFilm(canvasElement)
    await canvas.findByText(/Uploading [4-9]\d%/, undefined, { timeout: 10_000 })
    await userEvent.click(canvas.getByRole('button', { name: 'Leave the page' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Visit the page again' }))

    await userEvent.click(await canvas.findByRole('button', { name: /^Continue/ }))

    await expect(await canvas.findByText(/Uploading [3-9]\d%/)).toBeVisible()
    await expect(canvas.queryByRole('list', { name: /last time$/ })).not.toBeInTheDocument()
    await canvas.findByText('Uploaded', undefined, { timeout: 10_000 })
  },
}

/** The bucket tells everybody to slow down; the engine goes on trying for minutes. */
export const SlowDown: Story = {
  args: { endpoint: busyEndpoint, transport: busyLine },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo())

    // Its seconds count down, each in an element of its own.
    await waitFor(() => expect(canvas.getAllByText(/^Trying again/)[0]).toBeVisible(), {
      timeout: 10_000,
    })
    await expect((await canvas.findAllByText(/server is busy/))[0]).toBeVisible()
  },
}

/** Without a connection all files wait; one message says so, and they go on by themselves. */
export const Offline: Story = {
  args: { endpoint: unreachableEndpoint },
  beforeEach: goOffline,
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo())

    await expect(await canvas.findByText(/You are offline/, { selector: 'bdi' })).toBeVisible()
    await expect(canvas.getAllByText('Waiting for the connection')).toHaveLength(2)
  },
}

export const Failed: Story = {
  args: { transport: refusingLine },
  async play({ canvas, canvasElement }) {
    const broken = ['broken-scan.pdf', 'broken-photo.jpg'].map((name) => fileOf(name, '', 90_000))

    await choose(canvasElement, photo(), ...broken)

    await expect(await canvas.findByRole('button', { name: 'Try all again' })).toBeVisible()
    await canvas.findByText(/^2 files could not be uploaded\..*tell the people who run/)
    await expect(canvasElement.querySelector('.s3u-item-problem')).toBeNull()
  },
}

export const Complete: Story = {
  args: { name: 'attachments' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), contract())

    await waitFor(() => expect(canvas.getAllByText('Uploaded')).toHaveLength(2))
    await expect(canvasElement.querySelectorAll('input[name="attachments"]')).toHaveLength(2)
  },
}

export const ManyFiles: Story = {
  args: { transport: slowLine },
  async play({ canvasElement }) {
    const names = Array.from({ length: 60 }, (_, index) => `photo-${index + 1}.jpg`)

    await choose(canvasElement, ...names.map((name) => fileOf(name, 'image/jpeg', 20_000)))

    // By role it takes seconds.
    await waitFor(() => expect(canvasElement.querySelectorAll('li')).toHaveLength(60))
  },
}

export const Rejected: Story = {
  args: { accept: 'image/*', maxFileSize: '500kB' },
  async play({ canvas, canvasElement }) {
    const image = fileOf('icon.png', 'image/png', 12_000)

    await choose(canvasElement, photo(), contract(), image)

    await canvas.findByText(/^rental-contract.*Only images/)
    const sentences = [...canvasElement.querySelectorAll('.s3u-rejection p')]
    await expect(sentences.map(({ textContent }) => textContent)).toEqual([
      'rental-contract-2026.pdf: Only images can be added here.',
      'evening-at-the-lake.jpg is larger than 500 kB.',
    ])
  },
}

export const ManyRejected: Story = {
  args: { accept: 'image/*' },
  async play({ canvas, canvasElement }) {
    const drawings = Array.from({ length: 2000 }, (_, index) =>
      fileOf(`drawing-${index}.dwg`, 'application/acad', 10),
    )

    await choose(canvasElement, ...drawings)

    await canvas.findByText(/^2,000 files were not added: .* and 1,998 more\./)
    await expect(canvasElement.querySelectorAll('.s3u-rejection')).toHaveLength(1)
  },
}

export const NothingDropped: Story = {
  async play({ canvas }) {
    const dataTransfer = new DataTransfer()
    dataTransfer.setData('text/uri-list', 'https://example.com/photo')
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })

    const trigger = await canvas.findByRole('button')
    trigger.dispatchEvent(drop)

    await canvas.findByText(/^No file came with this/, { selector: '.s3u-rejection *' })
  },
}

export const ResetForm: Story = {
  args: { name: 'attachments' },
  decorators: [
    (Uploader) => (
      <form>
        <Uploader />
        <button type="reset">Reset</button>
      </form>
    ),
  ],
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract())
    await canvas.findByText('Uploaded')

    await userEvent.click(canvas.getByRole('button', { name: 'Reset' }))

    await waitFor(() => expect(canvasElement.querySelectorAll('li')).toHaveLength(0))
  },
}

export const Dark: Story = {
  ...Failed,
  args: { ...Failed.args, theme: 'dark' },
  globals: { theme: 'dark' },
}

export const NotAutoUpload: Story = {
  args: { autoUpload: false },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), contract())

    const start = await canvas.findByRole('button', { name: 'Upload 2 files' })
    await expect(start).toBeEnabled()
    await expect(canvas.getAllByText('Not started')).toHaveLength(2)
  },
}

/** The same behaviour with markup of your own, from the hook alone. */
export const Headless: Story = {
  render: ({ endpoint, transport }) => (
    <HeadlessUploader endpoint={endpoint} transport={transport} />
  ),
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract())

    const list = await canvas.findByRole('list')
    await expect(await within(list).findByText(/complete/)).toBeVisible()
  },
}
