import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { choose, contract, photo } from './support/example-files.js'
import { PhotoCard } from './support/PhotoCard.js'
import { endpoint, msw, slowLine } from './support/test-back-end.js'

const meta = {
  title: 'Parts',
  component: PhotoCard,
  args: { endpoint, transport: slowLine },
  parameters: { msw },
} satisfies Meta<typeof PhotoCard>

export default meta
type Story = StoryObj<typeof meta>

/** A card of an app that has buttons and bars of its own. */
export const Card: Story = {
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), contract())

    await expect(
      await canvas.findByRole('progressbar', { name: /^Progress of evening/ }),
    ).toHaveAttribute('max', '100')
    await canvas.findByText(/^rental-contract.*Only images/, { selector: 'bdi' })
    await userEvent.click(canvas.getByRole('button', { name: /^Pause upload/ }))
    await userEvent.click(await canvas.findByRole('button', { name: /^Resume upload/ }))
    await waitFor(() => expect(canvasElement.querySelector('.is-complete')).not.toBeNull(), {
      timeout: 15_000,
    })
    await expect(canvasElement.querySelectorAll('[class*=s3u]')).toHaveLength(0)
  },
}
