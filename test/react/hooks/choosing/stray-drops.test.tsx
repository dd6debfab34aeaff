import { createEvent, fireEvent, render, screen } from '@testing-library/react'
import { S3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { fileOf, renderUploader } from '../../render-uploader.js'

const files = { types: ['Files'], items: [], dropEffect: 'copy' }
const link = { types: ['text/uri-list', 'text/plain'], items: [], dropEffect: 'copy' }
const text = { types: ['text/plain'], items: [], dropEffect: 'copy' }

/** Drags over and lets go; says what the browser would still do by itself, and what it shows. */
function drag(target: Element, data: { types: string[] } = files) {
  const dataTransfer = { ...data, dropEffect: 'copy' }
  fireEvent.dragEnter(target, { dataTransfer })
  const over = createEvent.dragOver(target, { dataTransfer })
  fireEvent(target, over)
  const drop = createEvent.drop(target, { dataTransfer })
  fireEvent(target, drop)
  return { shown: dataTransfer.dropEffect, opens: !drop.defaultPrevented }
}

function addToPage(html: string): Element {
  document.body.insertAdjacentHTML('beforeend', html)
  return document.body.lastElementChild!
}

it.each([
  ['files', files],
  ['a link', link],
])('keeps the browser from opening %s dropped beside the uploader', (_, data) => {
  renderUploader()

  expect(drag(document.body, data)).toEqual({ shown: 'none', opens: false })
})

it('does so while it is disabled, too', () => {
  renderUploader({ disabled: true })

  expect(drag(document.body)).toEqual({ shown: 'none', opens: false })
})

it('leaves text to the page', () => {
  renderUploader()

  expect(drag(document.body, text)).toEqual({ shown: 'copy', opens: true })
})

it.each(['<input>', '<textarea></textarea>', '<div contenteditable><b>x</b></div>'])(
  'leaves what can be typed to %s, and no file opens there',
  (html) => {
    renderUploader()
    const field = addToPage(html)
    const target = field.firstElementChild ?? field

    const seen = [drag(target, text), drag(target, link), drag(target, files)]

    expect(seen.map(({ opens }) => opens)).toEqual([true, true, false])
    expect(seen.map(({ shown }) => shown)).toEqual(['copy', 'copy', 'copy'])
    field.remove()
  },
)

it('leaves files to another file input, unless that is disabled', () => {
  renderUploader()
  const input = addToPage('<input type="file">') as HTMLInputElement

  expect(drag(input)).toEqual({ shown: 'copy', opens: true })
  input.disabled = true
  expect(drag(input)).toEqual({ shown: 'none', opens: false })
  input.remove()
})

it('leaves files to another drop target, even to one that listens at the window since later', () => {
  renderUploader()
  const target = addToPage('<div></div>')
  const take = vi.fn((event: Event) => event.preventDefault())
  window.addEventListener('dragover', take)

  expect(drag(target).shown).toBe('copy')
  expect(take).toHaveBeenCalledOnce()
  window.removeEventListener('dragover', take)
  target.remove()
})

it('keeps watch as long as one uploader is there', () => {
  const elementOf = (count: number) =>
    ['a', 'b'].slice(0, count).map((key) => <S3Uploader key={key} endpoint="/api/s3" />)
  const { rerender, unmount } = render(elementOf(2))

  rerender(elementOf(1))
  expect(drag(document.body).opens).toBe(false)
  unmount()

  expect(drag(document.body)).toEqual({ shown: 'copy', opens: true })
})

it('says that no file comes with a link dropped on the uploader', async () => {
  const { container } = renderUploader()

  const { shown, opens } = drag(container.firstElementChild!, link)

  expect({ shown, opens }).toEqual({ shown: 'copy', opens: false })
  expect(await screen.findByText(/No file came with this/)).toBeVisible()
})

it('takes files although an element inside has a use for links', async () => {
  const { container } = renderUploader({ children: <input aria-label="Link" /> })

  expect(drag(screen.getByLabelText('Link'), link).opens).toBe(true)
  fireEvent.drop(container.firstElementChild!, {
    dataTransfer: { ...files, items: [{ kind: 'file', getAsFile: () => fileOf('a.txt') }] },
  })

  expect(await screen.findByText('a.txt')).toBeVisible()
})
