import { render } from '@testing-library/react'
import { createElement, type FunctionComponent } from 'react'
import { Uploader, useAnnounce, useTexts, useUploader, useUploadItem } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { renderUploader, startEndpoint } from '../render-uploader.js'
import { partNames } from './render-parts.js'

/** What a component throws when it is rendered. */
function messageOf(component: FunctionComponent): string {
  vi.mocked(console.error).mockImplementation(() => {})
  try {
    render(createElement(component))
  } catch (error) {
    return String(error)
  }
  return 'nothing'
}

it.each(partNames.filter((name) => name !== 'Root'))('%s names its missing parent', (name) => {
  // What one part needs beside the props of all is not read before its parent is.
  const Part = Uploader[name] as FunctionComponent

  expect(messageOf(Part)).toBe(
    `Error: s3-direct-upload: <Uploader.${name}> must be placed within <Uploader.Root>.`,
  )
})

it.each(['Picture', 'Name', 'ItemFacts', 'Status', 'ItemProblem'] as const)(
  '%s names the missing item',
  (name) => {
    startEndpoint()
    const Part = Uploader[name] as FunctionComponent
    const component = () => (
      <Uploader.Root endpoint="/api/s3">
        <Part />
      </Uploader.Root>
    )

    expect(messageOf(component)).toBe(
      `Error: s3-direct-upload: <Uploader.${name}> must be placed within <Uploader.Item>.`,
    )
  },
)

it.each([
  ['useUploader()', () => void useUploader()],
  ['useUploadItem(id)', () => void useUploadItem('a')],
  ['useTexts()', () => void useTexts()],
  ['useAnnounce()', () => void useAnnounce()],
])('%s names its missing parent', (name, useHook) => {
  const component = () => {
    useHook()
    return null
  }

  expect(messageOf(component)).toBe(
    `Error: s3-direct-upload: ${name} must be placed within <Uploader.Root>.`,
  )
})

it('an action that is none is named', () => {
  const component = () => (
    <Uploader.Root endpoint="/api/s3">
      <Uploader.Action action="pause" />
    </Uploader.Root>
  )
  startEndpoint()

  expect(messageOf(component)).toBe(
    'TypeError: s3-direct-upload: "pause" is no <Uploader.Action> on all files, such as "pause-all".',
  )
})

it('what an app puts into S3Uploader is within its root', () => {
  const Sum = () => useTexts().bytes(useUploader().summary.bytesTotal)
  const { container } = renderUploader({ children: <Sum /> })

  expect(container).toHaveTextContent('0 bytes')
})
