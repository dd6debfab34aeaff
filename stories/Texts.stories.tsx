import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import { expect, waitFor } from 'storybook/test'
import { choose, contract, fileOf, photo, song } from './support/example-files.js'
import { packs } from './support/packs.js'
import { endpoint, msw, refusingLine } from './support/test-back-end.js'

/** The uploader in each language of ours, on the narrowest of phones: nothing is cut off, and nothing stays English. */
const meta = {
  title: 'Texts',
  component: S3Uploader,
  args: {
    endpoint,
    transport: refusingLine,
    accept: 'image/*,.pdf,.mp3',
    maxFileSize: '5MB',
    maxFiles: 20,
  },
  parameters: { msw },
  decorators: [
    (Story) => (
      <div style={{ inlineSize: '320px' }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvas, canvasElement }) {
    const broken = ['broken-scan.pdf', 'broken-photo.jpg'].map((name) => fileOf(name, '', 90_000))
    const drawings = ['a.dwg', 'b.dwg', 'c.dwg', 'd.dwg'].map((name) => fileOf(name, '', 10))
    const film = fileOf('opening-night.jpg', 'image/jpeg', 6_000_000)

    await choose(canvasElement, photo(), contract(), song(), film, ...broken, ...drawings)

    await waitFor(() =>
      expect(canvasElement.querySelectorAll('[data-status="complete"]')).toHaveLength(3),
    )
    await waitFor(() =>
      expect(canvasElement.querySelectorAll('[data-status="failed"]')).toHaveLength(2),
    )
    await expect(cutOff(canvasElement)).toEqual([])
    await expect(canvas.queryByText(/upload/)).not.toBeInTheDocument()
  },
} satisfies Meta<typeof S3Uploader>

export default meta
type Story = StoryObj<Extract<S3UploaderProps, { readonly endpoint: string }>>

export const Arabic: Story = { args: { locale: packs.ar } }

export const French: Story = { args: { locale: packs.fr } }

export const German: Story = { args: { locale: packs.de } }

export const Japanese: Story = { args: { locale: packs.ja } }

export const Spanish: Story = { args: { locale: packs.es } }

/** What stands out of the uploader, or has words that do not fit; names of files may end early. */
function cutOff(canvas: HTMLElement): readonly string[] {
  const { left, right } = canvas.querySelector('.s3u')?.getBoundingClientRect() ?? new DOMRect()
  const elements = [
    ...canvas.querySelectorAll('.s3u *:not(input, .s3u-announcer, .s3u-announcer *)'),
  ]
  return elements
    .filter((element) => !element.closest('.s3u-item-name'))
    .filter((element) => {
      const box = element.getBoundingClientRect()
      return (
        box.left < left - 1 ||
        box.right > right + 1 ||
        element.scrollWidth > element.clientWidth + 1
      )
    })
    .filter((element) => getComputedStyle(element).display !== 'inline')
    .map((element) => `${element.className}: ${element.textContent}`)
}
