import { render, screen, waitFor } from '@testing-library/react'
import { Uppy } from '@uppy/core'
import { S3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import {
  fileOf,
  holdTransfers,
  renderUploader,
  startEndpoint,
  transferOf,
} from './render-uploader.js'

const button = (name: string | RegExp) => screen.findByRole('button', { name })
/** As long as before anybody acts: the code that keeps the focus comes with the first one. */
const focusOn = async (name: string | RegExp) => {
  const target = await button(name)
  target.focus()
  await vi.dynamicImportSettled()
}
const rowOf = (name: string) => screen.getByText(name).closest('li')
const summary = (text: string | RegExp) =>
  screen.getByText(text, { selector: '.s3u-summary-count *' }).closest('p')

it('goes to the line above the list when “Pause all” goes, and Enter takes nothing', async () => {
  const { choose, endpoint, user } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))
  await focusOn('Pause all')
  await waitFor(() => expect(held).toHaveLength(3))

  for (const index of [0, 1, 2]) await held[index]?.finish()

  await waitFor(() => expect(summary('All 3 files uploaded')).toHaveFocus())
  await user.keyboard('{Enter} ')
  expect(screen.getAllByRole('listitem')).toHaveLength(3)
})

it('goes to the row when the button of a file goes, and the row says what has become of it', async () => {
  const { choose, endpoint, user } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await focusOn('Pause upload: a.txt')
  await waitFor(() => expect(held).toHaveLength(2))

  await transferOf(held, 'a.txt').finish()

  await waitFor(() => expect(rowOf('a.txt')).toHaveFocus())
  await waitFor(() => expect(rowOf('a.txt')).toHaveAccessibleName(/a\.txt.*Uploaded/))
  await user.keyboard('{Enter} ')
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
})

it('leaves no stop of the Tab key behind on a row that had the focus', async () => {
  const { choose, endpoint, user } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await focusOn('Pause upload: a.txt')
  await waitFor(() => expect(held).toHaveLength(2))
  await transferOf(held, 'a.txt').finish()
  await waitFor(() => expect(rowOf('a.txt')).toHaveFocus())

  await user.tab()

  expect(await button('Remove file: a.txt')).toHaveFocus()
  expect(rowOf('a.txt')).not.toHaveAttribute('tabindex')
})

it.each([
  ['Try all again', false],
  ['Upload 2 files', true],
])('goes to the line above the list when “%s” has been pressed', async (name, isStart) => {
  const { choose, endpoint, user } = renderUploader({ autoUpload: !isStart })
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await focusOn(name)
  holdTransfers(endpoint)

  await user.keyboard('{Enter}')

  await waitFor(() => expect(summary(/of 2 files uploaded/)).toHaveFocus())
})

it('goes from removed file to removed file for who removes, and last to the button that adds', async () => {
  const { choose, user } = renderUploader()
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))
  await focusOn('Remove file: b.txt')

  await user.keyboard('{Enter}')
  expect(await button('Remove file: c.txt')).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(await button('Remove file: a.txt')).toHaveFocus()
  await user.keyboard('{Enter}')

  expect(await button(/browse/)).toHaveFocus()
})

it('goes to no other “Remove” when somebody else has removed the file', async () => {
  const uppy = new Uppy()
  const { transport } = startEndpoint()
  render(<S3Uploader endpoint="/api/s3" transport={transport} uppy={uppy} />)
  const [first] = ['a.txt', 'b.txt', 'c.txt'].map((name) =>
    uppy.addFile({ name, data: fileOf(name) }),
  )
  await focusOn('Remove file: a.txt')

  uppy.removeFile(String(first))

  await waitFor(() => expect(rowOf('b.txt')).toHaveFocus())
})

it('goes to the nearest row that is left when several go at once', async () => {
  const uppy = new Uppy()
  const { transport } = startEndpoint()
  render(<S3Uploader endpoint="/api/s3" transport={transport} uppy={uppy} />)
  const ids = ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) =>
    uppy.addFile({ name, data: fileOf(name) }),
  )
  await focusOn('Remove file: b.txt')

  uppy.removeFiles(ids.slice(1, 3))

  await waitFor(() => expect(rowOf('d.txt')).toHaveFocus())
})

it('goes to the first row when others have taken the place of all', async () => {
  const { transport } = startEndpoint()
  const [before, after] = [new Uppy(), new Uppy()]
  before.addFile({ name: 'old.txt', data: fileOf('old.txt') })
  after.addFile({ name: 'new.txt', data: fileOf('new.txt') })
  const elementOf = (uppy: Uppy) => (
    <S3Uploader endpoint="/api/s3" transport={transport} uppy={uppy} />
  )
  const { rerender } = render(elementOf(after))
  rerender(elementOf(before))
  await focusOn('Remove file: old.txt')

  rerender(elementOf(after))

  await waitFor(() => expect(rowOf('new.txt')).toHaveFocus())
})

it('goes to the button that adds when all are removed', async () => {
  const { choose, user } = renderUploader()
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await focusOn('Clear list')

  await user.keyboard('{Enter}')

  await waitFor(async () => expect(await button(/browse/)).toHaveFocus())
})

it('waits on the row while the uploader is disabled, and returns', async () => {
  const { choose, change } = renderUploader()
  await choose(fileOf('a.txt'))
  await focusOn('Remove file: a.txt')

  change({ disabled: true })
  await waitFor(() => expect(rowOf('a.txt')).toHaveFocus())
  change({ disabled: false })

  await waitFor(async () => expect(await button('Remove file: a.txt')).toHaveFocus())
})

it('stays where the user went while the uploader was disabled', async () => {
  const { choose, change } = renderUploader({ children: <a href="#top">Top</a> })
  await choose(fileOf('a.txt'))
  await focusOn('Remove file: a.txt')
  change({ disabled: true })
  await waitFor(() => expect(rowOf('a.txt')).toHaveFocus())
  screen.getByRole('link').focus()

  change({ disabled: false })
  await button('Remove file: a.txt')

  expect(screen.getByRole('link')).toHaveFocus()
})

it('is not lost within a fieldset that is disabled', async () => {
  const { transport } = startEndpoint()
  const elementOf = (disabled: boolean) => (
    <fieldset disabled={disabled}>
      <S3Uploader endpoint="/api/s3" transport={transport} />
    </fieldset>
  )
  const { container, rerender } = render(elementOf(false))
  await focusOn(/browse/)

  rerender(elementOf(true))
  await waitFor(() => expect(container.querySelector('.s3u')).toHaveFocus())
  rerender(elementOf(false))

  await waitFor(async () => expect(await button(/browse/)).toHaveFocus())
  expect(container.querySelector('.s3u')).not.toHaveAttribute('tabindex')
})

it('is not moved for what the app has put into it', async () => {
  const { choose, change } = renderUploader({ children: <button type="button">Mine</button> })
  await choose(fileOf('a.txt'))
  await focusOn('Mine')

  change({ children: null })
  await waitFor(() => expect(screen.queryByText('Mine')).not.toBeInTheDocument())

  expect(document.body).toHaveFocus()
})

it('is not taken from another place of the page', async () => {
  const { choose, endpoint } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await focusOn('Pause all')
  await waitFor(() => expect(held).toHaveLength(2))
  const field = document.body.appendChild(document.createElement('input'))
  field.focus()

  for (const transfer of held) await transfer.finish()
  await waitFor(() => expect(screen.queryByText('Pause all')).not.toBeInTheDocument())

  expect(field).toHaveFocus()
  field.remove()
})
