import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3FilePicker, type S3FilePickerProps } from 's3-direct-upload'
import { expect, userEvent, waitFor } from 'storybook/test'
import { choose, contract, fileOf, photo, song } from './support/example-files.js'
import { endpoint, fastLine, msw, refusingLine, slowLine } from './support/test-back-end.js'

const meta = {
  title: 'S3FilePicker',
  component: S3FilePicker,
  args: { endpoint, transport: fastLine },
  parameters: { msw },
  decorators: [
    (Story) => (
      <div style={{ maxInlineSize: '40rem', marginInline: 'auto' }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof S3FilePicker>

export default meta
type Story = StoryObj<Extract<S3FilePickerProps, { readonly endpoint: string }>>

export const Empty: Story = {
  async play({ canvas }) {
    await expect(canvas.getByRole('button', { name: 'Choose files' })).toBeVisible()
  },
}

export const Uploading: Story = {
  args: { transport: slowLine, children: 'Attach files' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo(), song())

    await waitFor(() => expect(canvas.getAllByText(/^\d\d?%$/)[0]).toBeVisible())
    await userEvent.click(canvas.getByRole('button', { name: /^Cancel upload: rehearsal/ }))
    await expect(canvas.queryByText('rehearsal.mp3')).toBeNull()
  },
}

export const Complete: Story = {
  args: { children: 'Attach files' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), photo())

    const row = await canvas.findByRole('listitem', { name: /^rental-contract.*Uploaded$/ })
    await expect(row).toBeVisible()
  },
}

export const Failed: Story = {
  args: { transport: refusingLine, children: 'Attach files' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, fileOf('broken.pdf', 'application/pdf', 80_000), photo())

    await expect(await canvas.findByRole('button', { name: 'Try again: broken.pdf' })).toBeVisible()
  },
}

/** In rows with progress, below the button. */
export const List: Story = {
  args: { transport: slowLine, view: 'list' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, contract(), song())

    await expect(await canvas.findByRole('progressbar', { name: /rehearsal/ })).toBeVisible()
  },
}
