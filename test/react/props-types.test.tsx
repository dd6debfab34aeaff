import Uppy from '@uppy/core'
import { S3Uploader, type S3UploaderProps, Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { renderUploader } from './render-uploader.js'

const uppy = new Uppy()
const noop = () => {}

it('takes an endpoint or an instance, and no props that would do nothing', () => {
  const right: S3UploaderProps[] = [
    { endpoint: '/api/s3' },
    { uppy },
    { endpoint: '/api/s3', uppy, onClick: noop, 'aria-label': 'Files' },
  ]
  const wrong = [
    // @ts-expect-error Neither of the two.
    () => <S3Uploader label="Files" />,
    // @ts-expect-error Neither of the two.
    () => <Uploader.Root />,
    // @ts-expect-error An app hears of files by `onUploadComplete`.
    () => <S3Uploader endpoint="/api/s3" onChange={noop} />,
    // @ts-expect-error An app hears of errors by `onUploadError`.
    () => <S3Uploader endpoint="/api/s3" onError={noop} />,
    // @ts-expect-error It is no checkbox.
    () => <S3Uploader endpoint="/api/s3" defaultChecked />,
  ]

  expect(right).toHaveLength(3)
  expect(wrong).toHaveLength(5)
})

it.each([0, -1, 1.5, Number.NaN])(
  'refuses maxFiles={%d} in one sentence with an example',
  (maxFiles) => {
    vi.spyOn(console, 'error').mockImplementation(noop)

    expect(() => renderUploader({ maxFiles })).toThrow(/`maxFiles` is .*such as `maxFiles=\{3\}`/)
  },
)
