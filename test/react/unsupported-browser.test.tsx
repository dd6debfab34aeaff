import { cleanup, render, screen } from '@testing-library/react'
import Uppy from '@uppy/core'
import { isUploadError, S3Uploader, useS3Uploader } from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { afterEach, expect, it, vi } from 'vitest'
import { unsupportedBrowser } from '../../src/upload/errors/browser-support.js'

const sentence = 'This browser is too old to upload files. Update it, or use another browser.'

let restore = () => {}
afterEach(() => {
  restore()
  cleanup()
})

function take(owner: object, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  if (!descriptor) throw new Error(`There is no ${name}.`)
  restore = () => Object.defineProperty(owner, name, descriptor)
  Reflect.deleteProperty(owner, name)
}

it.each([
  ['Object.hasOwn', Object, 'hasOwn'],
  ['Array.prototype.at', Array.prototype, 'at'],
  ['AbortSignal.prototype.throwIfAborted', AbortSignal.prototype, 'throwIfAborted'],
])('without %s a browser is too old', (_what, owner, name) => {
  take(owner, name)
  const problem = unsupportedBrowser()
  // The test runner cannot do without, either.
  restore()

  expect(problem?.message).toBe(sentence)
  expect(unsupportedBrowser()).toBeUndefined()
})

it('there, the component shows one sentence', () => {
  take(AbortSignal.prototype, 'throwIfAborted')

  const { container } = render(<S3Uploader endpoint="/api/s3" id="files" className="mine" />)

  expect(screen.getByRole('status').textContent).toBe(sentence)
  expect(container.textContent).toBe(sentence)
  expect(container.firstElementChild).toHaveAttribute('id', 'files')
  expect(container.firstElementChild).toHaveClass('s3u', 'mine')
})

it('the sentence is in the words of a locale', () => {
  take(AbortSignal.prototype, 'throwIfAborted')
  const locale = { strings: { 'error:browser-too-old': 'Dieser Browser ist zu alt.' } }

  render(<S3Uploader endpoint="/api/s3" locale={locale} />)

  expect(screen.getByRole('status')).toHaveTextContent('Dieser Browser ist zu alt.')
})

it('the plugin says it when it is added, and so does the hook', () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined)
  take(AbortSignal.prototype, 'throwIfAborted')
  const Headless = () => <p>{useS3Uploader({ endpoint: '/api/s3' }).ids.length}</p>

  expect(() => new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })).toThrow(sentence)
  expect(() => render(<Headless />)).toThrow(
    expect.toSatisfy((error) => isUploadError(error) && error.code === 'browser-too-old'),
  )
})

it('a page without https is none of it', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })

  render(<S3Uploader endpoint="/api/s3" />)

  expect(screen.getByRole('button')).toBeVisible()
  vi.unstubAllGlobals()
})
