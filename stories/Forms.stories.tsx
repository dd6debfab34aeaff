import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3Uploader } from 's3-direct-upload'
import { expect, userEvent, waitFor } from 'storybook/test'
import { EditFormPage } from './forms/EditFormPage.js'
import { HookFormPage } from './forms/HookFormPage.js'
import { PlainFormPage } from './forms/PlainFormPage.js'
import { ServerActionPage } from './forms/ServerActionPage.js'
import { TanStackFormPage } from './forms/TanStackFormPage.js'
import { choose, contract, photo, song } from './support/example-files.js'
import { endpoint, fastLine, msw } from './support/test-back-end.js'

/** Pages with a form around the uploader, one for each way to hold its value. */
const meta = {
  title: 'Forms',
  component: S3Uploader,
  args: { endpoint, transport: fastLine },
  parameters: { msw },
} satisfies Meta<typeof S3Uploader>

export default meta
type Story = StoryObj<typeof meta>

/** What is seen, and not only spoken. */
const seen = { ignore: '[role=status] *' }

const page = { endpoint, transport: fastLine }

export const PlainForm: Story = {
  render: () => <PlainFormPage {...page} />,
  async play({ canvas, canvasElement }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    const trigger = canvas.getByRole('button', { name: 'Attachments' })
    await expect(trigger).toHaveFocus()
    await expect(trigger).toHaveAccessibleDescription(/Add a file and let its upload finish\./)

    await choose(canvasElement, contract(), photo(), song())
    await canvas.findByText('All 3 files uploaded', seen)
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))

    await expect(await canvas.findByText('3 receipts sent')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Start over' }))
    await waitFor(() => expect(canvas.queryByRole('listitem')).not.toBeInTheDocument())
  },
}

export const HookForm: Story = {
  render: () => <HookFormPage {...page} />,
  async play({ canvas, canvasElement }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    const trigger = canvas.getByRole('button', { name: 'Files' })
    await waitFor(() => expect(trigger).toHaveFocus())
    await expect(await canvas.findByText('Add a file.', seen)).toBeVisible()

    await choose(canvasElement, contract(), photo())
    await canvas.findByText('All 2 files uploaded', seen)
    await waitFor(() => expect(trigger).not.toHaveAttribute('aria-invalid'))
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))

    await expect(await canvas.findByText('2 files sent')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('listitem')).not.toBeInTheDocument())
  },
}

export const TanStackForm: Story = {
  render: () => <TanStackFormPage {...page} />,
  async play({ canvas, canvasElement }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await expect(await canvas.findByText('Add a file.', seen)).toBeVisible()

    await choose(canvasElement, contract(), photo())
    await canvas.findByText('All 2 files uploaded', seen)
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))

    await expect(await canvas.findByText('2 files sent')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('listitem')).not.toBeInTheDocument())
  },
}

export const ServerAction: Story = {
  render: () => <ServerActionPage {...page} />,
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), song())
    await canvas.findByText('All 2 files uploaded', seen)

    await userEvent.click(canvas.getByRole('button', { name: 'Create album' }))
    await expect(await canvas.findByText('Give the album a title.', seen)).toBeVisible()
    await expect(canvas.getAllByRole('listitem')).toHaveLength(2)

    await userEvent.type(canvas.getByLabelText('Title'), 'Summer')
    await userEvent.click(canvas.getByRole('button', { name: 'Create album' }))
    await expect(await canvas.findByText('2 photos attached')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('listitem')).not.toBeInTheDocument())
  },
}

export const EditForm: Story = {
  render: () => <EditFormPage {...page} />,
  async play({ canvas, canvasElement }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove file: beach.jpg' }))
    await choose(canvasElement, song())
    await canvas.findByText('Uploaded', seen)
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('In the album: dunes.jpg, rehearsal.mp3')).toBeVisible()
    await waitFor(() => expect(canvas.getAllByText('Stored')).toHaveLength(2))

    // What is saved once more loses nothing.
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(canvas.getByText('In the album: dunes.jpg, rehearsal.mp3')).toBeVisible()
  },
}
