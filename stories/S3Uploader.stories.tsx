import type { Meta, StoryObj } from '@storybook/react-vite'
import { S3Uploader } from 's3-direct-upload'
import { expect, within } from 'storybook/test'
import { choose, contract, fileOf, photo, song } from './support/example-files.js'
import { HeadlessUploader } from './support/HeadlessUploader.js'
import { fastLine, msw, refusingLine, slowLine } from './support/test-back-end.js'

const meta = {
  title: 'S3Uploader',
  component: S3Uploader,
  args: { endpoint: '/api/s3', transport: fastLine },
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

const arabic = {
  dropPasteFiles: 'أفلت الملفات هنا أو %{browseFiles}',
  browseFiles: 'تصفح الملفات',
  uploading: 'جارٍ الرفع',
  filesUploadedOfTotal: 'اكتمل رفع %{complete} من %{smart_count}',
  dataUploadedOfTotal: '%{complete} من %{total}',
  xTimeLeft: 'المتبقي %{time}',
}

export default meta
type Story = StoryObj<typeof meta>

export const Empty: Story = {
  args: { accept: 'image/*,.pdf', maxFileSize: '10MB', maxFiles: 20 },
}

export const DragOver: Story = {
  async play({ canvas }) {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(photo())

    const drag = new DragEvent('dragenter', { bubbles: true, dataTransfer })
    canvas.getByRole('button').dispatchEvent(drag)

    await expect(await canvas.findByText('Drop your files here')).toBeVisible()
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

export const Failed: Story = {
  args: { transport: refusingLine },
  async play({ canvas, canvasElement }) {
    const broken = ['broken-scan.pdf', 'broken-photo.jpg'].map((name) => fileOf(name, '', 90_000))

    await choose(canvasElement, photo(), ...broken)

    await expect(await canvas.findByRole('button', { name: 'Retry all' })).toBeVisible()
    await expect(await canvas.findAllByText(/Access Denied/)).toHaveLength(2)
  },
}

export const Complete: Story = {
  args: { name: 'attachments' },
  async play({ canvas, canvasElement }) {
    await choose(canvasElement, photo(), contract())

    await expect(await canvas.findAllByText('Upload complete')).toHaveLength(2)
    await expect(canvasElement.querySelectorAll('input[name="attachments"]')).toHaveLength(2)
  },
}

export const ManyFiles: Story = {
  args: { transport: slowLine },
  async play({ canvas, canvasElement }) {
    const names = Array.from({ length: 300 }, (_, index) => `photo-${index + 1}.jpg`)

    await choose(canvasElement, ...names.map((name) => fileOf(name, 'image/jpeg', 20_000)))

    await expect(await canvas.findAllByRole('listitem')).toHaveLength(300)
  },
}

export const Rejected: Story = {
  args: { accept: 'image/*', maxFileSize: '500kB' },
  async play({ canvas, canvasElement }) {
    const image = fileOf('icon.png', 'image/png', 12_000)

    await choose(canvasElement, photo(), contract(), image)

    const alerts = await canvas.findAllByRole('alert')
    await expect(alerts.map(({ textContent }) => textContent)).toEqual([
      'evening-at-the-lake.jpg is larger than 500 kB, the most allowed',
      'rental-contract-2026.pdf: The type of the file is not accepted. Accepted: images',
    ])
  },
}

export const Dark: Story = {
  ...Failed,
  args: { ...Failed.args, theme: 'dark' },
  globals: { theme: 'dark' },
}

export const RightToLeft: Story = {
  ...Uploading,
  args: {
    ...Uploading.args,
    locale: { strings: arabic },
  },
  decorators: [
    (Story) => (
      <div dir="rtl">
        <Story />
      </div>
    ),
  ],
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
