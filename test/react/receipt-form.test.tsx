import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { S3Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { type Attachments, attachReceipts } from '../server/recipes/attach-receipts.js'
import { startLine, startSite } from './render-on-site.js'
import { inputOf, seen } from './render-uploader.js'

const secret = 'a secret of 32 characters or more'

it('hands receipts that can be verified to the action of a form', async () => {
  const site = startSite()
  // The recipe asks the system's clock how old a receipt is.
  site.clock.ms = Date.now()
  const keys: string[] = []
  const attachments: Attachments = {
    insert: async ({ key }) => {
      keys.push(key)
      return true
    },
  }
  const save = async (form: FormData) => {
    await attachReceipts(form, { userId: 'ada', secret, attachments })
  }
  const { transport } = startLine(site)
  const { container } = render(
    <form action={save}>
      <S3Uploader endpoint="/api/s3" name="attachments" checksum={false} transport={transport} />
      <button type="submit">Attach</button>
    </form>,
  )
  const user = userEvent.setup()
  await user.upload(inputOf(container), [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')])
  await screen.findByText('All 2 files uploaded', seen)

  await user.click(screen.getByRole('button', { name: 'Attach' }))

  await waitFor(() => expect(keys).toHaveLength(2))
  expect(keys.map((key) => key.split('/').at(-1)).sort()).toEqual(['a.txt', 'b.txt'])
})
