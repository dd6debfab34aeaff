import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3Download } from 's3-direct-upload'
import { expect, userEvent } from 'storybook/test'
import { downloadEndpoint, downloads, slowEndpoint } from './support/downloads.js'

const meta = {
  title: 'S3Download',
  component: S3Download,
  args: { endpoint: downloadEndpoint, fileKey: 'rental-contract-2026.pdf' },
  argTypes: { theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] } },
  parameters: { msw: downloads },
} satisfies Meta<typeof S3Download>

export default meta
type Story = StoryObj<typeof meta>

export const Ready: Story = {
  args: { fileName: 'Rental contract.pdf' },
  async play({ canvas }) {
    const button = canvas.getByRole('button', { name: 'Download Rental contract.pdf' })
    await expect(button).toHaveAttribute('data-status', 'ready')
  },
}

/** The endpoint takes its time; the button keeps the focus and asks only once. */
export const Signing: Story = {
  args: { endpoint: slowEndpoint },
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button'))

    await expect(canvas.getByRole('button')).toHaveAttribute('data-status', 'signing')
    await expect(canvas.getByRole('status')).toHaveTextContent('Preparing the download')
  },
}

export const Refused: Story = {
  args: { fileKey: 'secret.pdf' },
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button'))

    await expect(
      await canvas.findByText(
        'You are not allowed to download this file. Ask the people who run this page.',
      ),
    ).toBeVisible()
  },
}

/** Shown in a new tab instead of saved. */
export const Inline: Story = {
  args: { disposition: 'inline', fileName: 'Rental contract.pdf' },
}

/** An object that everybody may read: a plain link, nothing is signed. */
export const Public: Story = {
  args: {
    endpoint: undefined,
    fileKey: undefined,
    publicUrl: 'https://cdn.example.com/price-list.pdf',
    fileName: 'Price list.pdf',
  },
  async play({ canvas }) {
    const link = canvas.getByRole('link', { name: 'Download Price list.pdf' })
    await expect(link).toHaveAttribute('href', 'https://cdn.example.com/price-list.pdf')
  },
}

export const Disabled: Story = {
  args: { disabled: true },
}

export const Dark: Story = {
  ...Refused,
  args: { ...Refused.args, theme: 'dark' },
  globals: { theme: 'dark' },
}

/** Markup of your own gets the same props and state. */
export const OwnElement: Story = {
  args: {
    render: ({ children: _text, ...props }, state) => (
      <button type="button" {...props} className="">
        {state['data-status'] === 'signing' ? 'One moment…' : 'Get the contract (PDF, 310 kB)'}
      </button>
    ),
  },
}
