import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createRef } from 'react'
import { S3Uploader } from 's3-direct-upload'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fileOf, renderUploader, seen, startEndpoint } from '../../render-uploader.js'

afterEach(() => {
  document.body.innerHTML = ''
})

const filesOf = (...types: string[]) => ({
  types: ['Files'],
  items: types.map((type, index) => ({
    kind: 'file',
    type,
    getAsFile: () => fileOf(`${index}`, { type }),
  })),
  dropEffect: 'move',
})

/** The code that takes files outside of the uploader is there. */
const whenOpen = () =>
  waitFor(() => {
    const effect = dragOver(document.body, filesOf('text/plain'))
    fireEvent.dragLeave(document.body)
    expect(effect).toBe('copy')
  })

/** Drags over an element and says what can be done there. */
function dragOver(element: Element, dataTransfer: ReturnType<typeof filesOf>): string {
  fireEvent.dragEnter(element, { dataTransfer })
  fireEvent.dragOver(element, { dataTransfer })
  return dataTransfer.dropEffect
}

describe('what is dragged over the uploader', () => {
  it.each([
    ['Let go to add 3 files', 'copy', ['image/png', 'image/jpeg', 'text/plain'], 'image/*'],
    ['Let go to add 1 file', 'copy', ['image/png'], undefined],
    ['Only images can be added here', 'none', ['application/pdf', 'text/plain'], 'image/*'],
    ['Let go to add the files', 'copy', ['application/pdf', ''], 'image/*'],
    ['Let go to add the files', 'copy', ['application/x-moz-file'], 'image/*'],
    ['Let go to add 1 file', 'copy', ['application/zip'], '.pdf,image/*'],
    ['Let go to add the files', 'copy', [], 'image/*'],
  ])('is told: "%s", %s', (sentence, effect, types, accept) => {
    const { container } = renderUploader({ accept })
    const zone = container.firstElementChild!

    expect(dragOver(zone, filesOf(...types))).toBe(effect)

    expect(screen.getByText(sentence)).toBeVisible()
    expect(zone.hasAttribute('data-dragging')).toBe(effect === 'copy')
  })
})

describe('the whole page as drop target', () => {
  it('shows a frame with the sentence, and takes what is dropped anywhere', async () => {
    const { endpoint } = renderUploader({ dropTarget: 'page' })
    await whenOpen()

    expect(dragOver(document.body, filesOf('text/plain'))).toBe('copy')
    const frame = document.querySelector<HTMLElement>('.s3u-page-frame')!
    expect(within(frame).getByText('Let go to add 1 file')).toBeVisible()
    fireEvent.drop(document.body, { dataTransfer: filesOf('text/plain') })

    await screen.findByText('Uploaded', seen)
    expect(document.querySelector('.s3u-page-frame')).toBeNull()
    expect(endpoint.sent).toHaveLength(1)
  })

  it('takes what is dropped on the uploader itself once', async () => {
    const { container, endpoint } = renderUploader({ dropTarget: 'page' })
    await whenOpen()

    dragOver(container.firstElementChild!, filesOf('text/plain'))
    fireEvent.drop(container.firstElementChild!, { dataTransfer: filesOf('text/plain') })

    await screen.findByText('Uploaded', seen)
    expect(endpoint.sent).toHaveLength(1)
  })

  it('leaves a file input, and what another one has taken, alone', async () => {
    const { container } = renderUploader({ dropTarget: 'page' })
    await whenOpen()
    document.body.insertAdjacentHTML('beforeend', '<input type="file"><div></div>')
    const [other, input] = [
      document.body.lastElementChild!,
      document.querySelector('body > input')!,
    ]
    other.addEventListener('drop', (event) => event.preventDefault())

    expect(fireEvent.drop(input, { dataTransfer: filesOf('text/plain') })).toBe(true)
    fireEvent.drop(other, { dataTransfer: filesOf('text/plain') })

    expect(container.querySelector('li')).toBeNull()
  })

  it('is that of the first uploader; the second one is named in the console', async () => {
    const warn = vi.mocked(console.warn).mockImplementation(() => {})
    const { transport } = startEndpoint()
    const two = (hasFirst: boolean) => (
      <>
        {hasFirst && (
          <S3Uploader
            endpoint="/api/s3"
            transport={transport}
            dropTarget="page"
            label="first"
            name="first"
            key="1"
          />
        )}
        <S3Uploader
          endpoint="/api/s3"
          transport={transport}
          dropTarget="page"
          label="second"
          name="second"
          key="2"
        />
      </>
    )
    const { rerender } = render(two(true))
    await whenOpen()
    await waitFor(() => expect(warn).toHaveBeenCalled())
    const filesIn = (label: string) => within(screen.getByRole('group', { name: label }))

    dragOver(document.body, filesOf('text/plain'))
    fireEvent.drop(document.body, { dataTransfer: filesOf('text/plain') })
    await filesIn('first').findByText('Uploaded', seen)
    expect(filesIn('second').queryByRole('listitem')).toBeNull()
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"second"'))

    rerender(two(false))
    dragOver(document.body, filesOf('text/plain'))
    fireEvent.drop(document.body, { dataTransfer: filesOf('text/plain') })
    await filesIn('second').findByText('Uploaded', seen)
    cleanup()
  })

  it('takes nothing while it is disabled', () => {
    const { container } = renderUploader({ dropTarget: 'page', disabled: true })

    expect(dragOver(document.body, filesOf('text/plain'))).toBe('none')
    fireEvent.drop(document.body, { dataTransfer: filesOf('text/plain') })

    expect(container.querySelector('li')).toBeNull()
  })
})

it('takes what is dropped on an element of the app', async () => {
  const target = createRef<HTMLDivElement>()
  const { transport } = startEndpoint()
  render(
    <>
      <div ref={target}>Here</div>
      <S3Uploader endpoint="/api/s3" transport={transport} dropTarget={target} />
    </>,
  )

  await waitFor(() =>
    expect(dragOver(screen.getByText('Here'), filesOf('text/plain'))).toBe('copy'),
  )
  fireEvent.drop(screen.getByText('Here'), { dataTransfer: filesOf('text/plain') })

  expect(await screen.findByText('Uploaded', seen)).toBeVisible()
})

it('leaves stray drops to the browser where the app wants that', () => {
  renderUploader({ strayDrops: 'browser' })

  expect(fireEvent.dragOver(document.body, { dataTransfer: filesOf('text/plain') })).toBe(true)
  expect(fireEvent.drop(document.body, { dataTransfer: filesOf('text/plain') })).toBe(true)
})

describe('pasted files', () => {
  const picture = () => new File([String(Math.random())], 'image.png', { type: 'image/png' })
  const paste = (element: Element, ...files: File[]) =>
    fireEvent.paste(element, { clipboardData: { files } })

  it('get a name of their own, so that three pictures are told apart', async () => {
    const { container, endpoint } = renderUploader()
    const root = container.firstElementChild!

    paste(root, picture())
    await screen.findByText('Uploaded', seen)
    paste(root, picture(), picture())
    await screen.findByText('All 3 files uploaded', seen)

    const names = endpoint.signRequests.flat().map(({ name }) => name)
    expect(names).toEqual(['image.png', 'image 2.png', 'image 3.png'])
  })

  it.each([
    ['focus', 'only in the uploader', [true, false]],
    ['page', 'anywhere', [false, false]],
    [false, 'nowhere', [true, true]],
  ] as const)('with paste=%j are taken %s', (option, _, left) => {
    const { container } = renderUploader({ paste: option })

    expect([
      paste(document.body, picture()),
      paste(container.firstElementChild!, picture()),
    ]).toEqual(left)
  })

  it('are left to a text field', () => {
    const { container } = renderUploader({ paste: 'page' })
    document.body.insertAdjacentHTML('beforeend', '<textarea></textarea>')

    expect(paste(document.querySelector('textarea')!, picture())).toBe(true)
    expect(container.querySelector('li')).toBeNull()
  })

  it('are taken once', async () => {
    const { container, endpoint } = renderUploader({ paste: 'page' })

    paste(container.firstElementChild!, picture())
    await screen.findByText('Uploaded', seen)

    await waitFor(() => expect(endpoint.sent).toHaveLength(1))
  })
})
